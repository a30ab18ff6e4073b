// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.Level;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.search.Hit;
import co.elastic.clients.elasticsearch.indices.stats.IndicesStats;
import co.elastic.clients.elasticsearch.indices.stats.ShardRouting;
import co.elastic.clients.elasticsearch.indices.stats.ShardSequenceNumber;
import co.elastic.clients.elasticsearch.indices.stats.ShardStats;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.indexer.schema.AlertDocument;
import dev.longwatch.indexer.schema.EventDocument;
import dev.longwatch.indexer.schema.IndexNames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was written since, events and alerts, each as it is now. Nothing that was written is left out, and what was told is
 * not told again unless it changes: the log goes by the numbers that Elasticsearch gives the writes of an index, and reads
 * up to the one below which all are done and visible. What was deleted is not told. Safe for use by several threads; every
 * failure is an {@link IndexException}.
 */
public final class ChangeLog {

    /**
     * @param changes in the order in which they were written to their index
     * @param reached where a reader is who was told of them all
     */
    public record Changes(List<Change> changes, ChangePosition reached) {

        public Changes {
            changes = List.copyOf(changes);
        }
    }

    private static final String NUMBER = "_seq_no";

    private final Elasticsearch elasticsearch;
    private final IndexNames names;
    private final String events;
    private final String alerts;

    public ChangeLog(Elasticsearch elasticsearch, IndexNames names) {
        this.elasticsearch = elasticsearch;
        this.names = names;
        events = stem(names.everyEvent());
        alerts = stem(names.everyAlert());
    }

    /** Where a reader is who has read everything that was written until now; all before it can be found by a search. */
    public ChangePosition end() {
        List<String> everything = List.of(names.everyEvent(), names.everyAlert());
        try {
            SortedMap<String, Long> written = new TreeMap<>();
            elasticsearch
                    .client()
                    .indices()
                    .stats(stats -> stats.index(everything).metric("docs").level(Level.Shards))
                    .indices()
                    .forEach((index, stats) ->
                            written.put(index.substring(names.prefix().length() + 1), done(stats)));
            written.values().removeIf(number -> number < 0);
            // a write is found only after the refresh that follows it
            elasticsearch.client().indices().refresh(refresh -> refresh.index(everything)
                    .ignoreUnavailable(true));
            return new ChangePosition(written);
        } catch (IOException | ElasticsearchException e) {
            throw elasticsearch.explain(e);
        }
    }

    /**
     * What was written after {@code from} and not after {@code to}.
     *
     * @param filter only these
     * @param to as {@link #end} has said it
     * @param limit how many at most; there may be more between {@link Changes#reached} and {@code to}
     */
    public Changes between(ChangePosition from, ChangePosition to, EventFilter filter, int limit) {
        List<Change> changes = new ArrayList<>();
        ChangePosition reached = from.within(to);
        try {
            for (String index : to.read().keySet()) {
                // an index that was dropped and made anew counts from the beginning
                long after = reached.of(index) > to.of(index) ? -1 : reached.of(index);
                if (after < to.of(index)) {
                    List<Change> found = written(index, after, to.of(index), reached, filter, limit - changes.size());
                    changes.addAll(found);
                    if (changes.size() >= limit) {
                        return new Changes(changes, changes.get(limit - 1).after());
                    }
                }
                reached = reached.with(index, to.of(index));
            }
            return new Changes(changes, reached);
        } catch (IOException | ElasticsearchException e) {
            throw elasticsearch.explain(e);
        }
    }

    private List<Change> written(
            String index, long after, long until, ChangePosition reached, EventFilter filter, int limit)
            throws IOException {
        if (index.startsWith(events)) {
            return hits(index, after, until, filter, limit, EventDocument.class).stream()
                    .<Change>map(hit -> new Change.OfEvent(
                            Objects.requireNonNull(hit.source()).toEvent(Objects.requireNonNull(hit.id())),
                            reached.with(index, number(hit))))
                    .toList();
        }
        if (index.startsWith(alerts)) {
            return hits(index, after, until, filter, limit, AlertDocument.class).stream()
                    .<Change>map(hit -> new Change.OfAlert(
                            Objects.requireNonNull(hit.source()).toAlert(Objects.requireNonNull(hit.id())),
                            reached.with(index, number(hit))))
                    .toList();
        }
        return List.of();
    }

    private <T> List<Hit<T>> hits(
            String index, long after, long until, EventFilter filter, int limit, Class<T> document) throws IOException {
        List<Query> filters = new ArrayList<>(Filters.of(filter));
        filters.add(Query.of(query -> query.range(range -> range.term(
                number -> number.field(NUMBER).gt(Long.toString(after)).lte(Long.toString(until))))));
        return elasticsearch
                .client()
                .search(
                        search -> search.index(names.prefix() + "-" + index)
                                // retention may drop it at any time
                                .ignoreUnavailable(true)
                                .allowPartialSearchResults(false)
                                .size(limit)
                                .query(query -> query.bool(all -> all.filter(filters)))
                                .sort(sort -> sort.field(by -> by.field(NUMBER).order(SortOrder.Asc))),
                        document)
                .hits()
                .hits();
    }

    private static long number(Hit<?> hit) {
        FieldValue number = hit.sort().get(0);
        return number.longValue();
    }

    /** The number below which every write is done, on all copies. */
    private static long done(IndicesStats stats) {
        long done = -1;
        for (List<ShardStats> copies : stats.shards().values()) {
            for (ShardStats copy : copies) {
                ShardRouting routing = copy.routing();
                ShardSequenceNumber numbers = copy.seqNo();
                if (routing != null && routing.primary() && numbers != null) {
                    done = Math.max(done, numbers.globalCheckpoint());
                }
            }
        }
        return done;
    }

    /** {@code events-} of {@code longwatch-events-*}. */
    private String stem(String pattern) {
        return pattern.substring(names.prefix().length() + 1, pattern.length() - 1);
    }
}
