// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.wording;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.Time;
import co.elastic.clients.elasticsearch._types.VersionType;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.bulk.BulkOperation;
import co.elastic.clients.elasticsearch.core.search.Hit;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.indexer.embed.Embedder;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.indexer.event.Wording;
import dev.longwatch.indexer.schema.EventDocument;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.schema.WordingDocument;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Makes findable what an older Longwatch has kept: events without a wording, and wordings without a meaning for the model
 * of today. Harmless to run again, beside others and beside a sink; does nothing where nothing is to do.
 */
public final class CatchUp {

    private static final int PAGE = 500;
    private static final Time KEEP = Time.of(time -> time.time("5m"));

    private final Elasticsearch elasticsearch;
    private final IndexNames names;
    private final Wordings wordings;
    private final Query older;
    private final Query meaningless;

    public CatchUp(Elasticsearch elasticsearch, IndexNames names, Embedder embedder) {
        this.elasticsearch = elasticsearch;
        this.names = names;
        this.wordings = new Wordings(elasticsearch, names, embedder);
        this.older = without("wording");
        this.meaningless = without(WordingDocument.meaningOf(embedder.model()));
    }

    /**
     * How much there is to do.
     *
     * @param events kept before there were wordings: no search finds them
     * @param wordings without a meaning for today's model: found by their words only
     */
    public record Backlog(long events, long wordings) {

        public boolean isEmpty() {
            return events == 0 && wordings == 0;
        }
    }

    /** @throws IndexException when Elasticsearch cannot be asked */
    public Backlog backlog() {
        try {
            return new Backlog(count(names.everyEvent(), older), count(names.wordings(), meaningless));
        } catch (IOException | ElasticsearchException e) {
            throw elasticsearch.explain(e);
        }
    }

    /**
     * Does it. What it has done is found by every search when this returns.
     *
     * @throws IndexException when Elasticsearch cannot be asked
     */
    public void run() {
        try {
            scan(names.everyEvent(), older, EventDocument.class, this::rewriteEvents);
            scan(names.wordings(), meaningless, WordingDocument.class, this::rewriteWordings);
        } catch (IOException | ElasticsearchException e) {
            throw elasticsearch.explain(e);
        }
    }

    /** Under its own version: a newer state that comes meanwhile stays. */
    private void rewriteEvents(List<Hit<EventDocument>> page) throws IOException {
        List<BulkOperation> operations = new ArrayList<>();
        List<Wording> said = new ArrayList<>();
        for (Hit<EventDocument> hit : page) {
            VideoEvent event = Objects.requireNonNull(hit.source()).toEvent(Objects.requireNonNull(hit.id()));
            said.add(Wording.of(event));
            operations.add(BulkOperation.of(operation -> operation.index(index -> index.index(hit.index())
                    .id(event.id())
                    .version(event.version())
                    .versionType(VersionType.ExternalGte)
                    .document(EventDocument.of(event)))));
        }
        wordings.ensure(said);
        elasticsearch.client().bulk(bulk -> bulk.operations(operations));
    }

    private void rewriteWordings(List<Hit<WordingDocument>> page) throws IOException {
        wordings.replace(page.stream()
                .map(hit -> Objects.requireNonNull(hit.source()).toWording())
                .toList());
    }

    /** What is done with the documents of a page. */
    private interface Page<T> {
        void rewrite(List<Hit<T>> hits) throws IOException;
    }

    private <T> void scan(String indices, Query query, Class<T> form, Page<T> page) throws IOException {
        refresh(indices);
        String scan = elasticsearch
                .client()
                .openPointInTime(
                        open -> open.index(indices).ignoreUnavailable(true).keepAlive(KEEP))
                .id();
        try {
            List<Hit<T>> hits = hits(scan, query, form, List.of());
            while (!hits.isEmpty()) {
                page.rewrite(hits);
                hits = hits(scan, query, form, hits.get(hits.size() - 1).sort());
            }
        } finally {
            elasticsearch.client().closePointInTime(close -> close.id(scan));
            refresh(indices);
        }
    }

    private <T> List<Hit<T>> hits(String scan, Query query, Class<T> form, List<FieldValue> after) throws IOException {
        return elasticsearch
                .client()
                .search(
                        search -> {
                            search.pit(pit -> pit.id(scan).keepAlive(KEEP))
                                    .size(PAGE)
                                    .query(query)
                                    .sort(sort -> sort.field(
                                            place -> place.field("_shard_doc").order(SortOrder.Asc)));
                            return after.isEmpty() ? search : search.searchAfter(after);
                        },
                        form)
                .hits()
                .hits();
    }

    private long count(String indices, Query query) throws IOException {
        return elasticsearch
                .client()
                .count(count -> count.index(indices).ignoreUnavailable(true).query(query))
                .count();
    }

    private void refresh(String indices) throws IOException {
        elasticsearch.client().indices().refresh(refresh -> refresh.index(indices)
                .ignoreUnavailable(true));
    }

    private static Query without(String field) {
        return Query.of(query -> query.bool(none -> none.mustNot(some -> some.exists(exists -> exists.field(field)))));
    }
}
