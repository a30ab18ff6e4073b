// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregate;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.SearchRequest.Builder;
import co.elastic.clients.elasticsearch.core.search.Hit;
import dev.longwatch.indexer.alert.Handling;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.indexer.client.IndexException.Reason;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.indexer.schema.EventDocument;
import dev.longwatch.indexer.schema.HandlingDocument;
import dev.longwatch.indexer.schema.IndexNames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** The events of one filter: how many say what, and the events themselves in a fixed order. */
final class Events {

    /** More wordings than this in what a filter leaves are not told apart beforehand. */
    static final int MOST_WORDINGS = 10_000;

    /** Verdicts are given by people: few. */
    private static final int MOST_VERDICTS = 10_000;

    private static final int MOST_STREAMS_SAID = 12;

    private final Elasticsearch elasticsearch;
    private final IndexNames names;
    private final EventFilter filter;
    private final List<Query> filters;

    Events(Elasticsearch elasticsearch, IndexNames names, EventFilter filter) throws IOException {
        this.elasticsearch = elasticsearch;
        this.names = names;
        this.filter = filter;
        this.filters = new ArrayList<>(Filters.of(filter));
        if (!filter.verdicts().isEmpty()) {
            List<String> judged = judged();
            filters.add(Query.of(query -> query.ids(ids -> ids.values(judged))));
        }
    }

    /** In the server's words. */
    List<Query> filters() {
        return List.copyOf(filters);
    }

    /** Whether any event will do. */
    boolean all() {
        return filters.isEmpty();
    }

    /** Each wording of these events with their number; the most frequent {@value #MOST_WORDINGS} when there are more. */
    Map<String, Long> wordings() throws IOException {
        return wordings(filters, MOST_WORDINGS);
    }

    /** Those of the wordings that these events have, each with their number. */
    Map<String, Long> wordings(List<String> among) throws IOException {
        if (among.isEmpty()) {
            return Map.of();
        }
        List<Query> narrower = new ArrayList<>(filters);
        narrower.add(Filters.anyOf("wording", among));
        return wordings(narrower, among.size());
    }

    /** Newest first, of any of these wordings. */
    List<VideoEvent> newest(List<String> wordings, int from, int size) throws IOException {
        return events(wordings, SortOrder.Desc, from, size);
    }

    /** In the order in which they began, of any of these wordings. */
    List<VideoEvent> oldest(List<String> wordings, int size) throws IOException {
        return events(wordings, SortOrder.Asc, 0, size);
    }

    /** In the order in which they began. */
    List<VideoEvent> oldest(int size) throws IOException {
        return found(search -> search.query(query -> query.bool(all -> all.filter(filters))), SortOrder.Asc, 0, size);
    }

    List<VideoEvent> newest(int from, int size) throws IOException {
        return found(
                search -> search.query(query -> query.bool(all -> all.filter(filters))), SortOrder.Desc, from, size);
    }

    long count() throws IOException {
        return elasticsearch
                .client()
                .count(count -> count.index(names.everyEvent())
                        .ignoreUnavailable(true)
                        .query(query -> query.bool(all -> all.filter(filters))))
                .count();
    }

    /** @throws IndexException when a stream was asked for by a name of which nothing at all is kept */
    void requireKnownStreams() throws IOException {
        for (String stream : filter.streams()) {
            if (!isKnown(stream)) {
                throw new IndexException(
                        Reason.BAD_REQUEST, "nothing is kept of a stream '" + stream + "'; " + streams());
            }
        }
    }

    private boolean isKnown(String stream) throws IOException {
        return elasticsearch
                        .client()
                        .count(count -> count.index(names.everyEvent(), names.everyCoverage())
                                .ignoreUnavailable(true)
                                .query(Filters.anyOf("stream", List.of(stream))))
                        .count()
                > 0;
    }

    private String streams() throws IOException {
        TreeSet<String> streams =
                new TreeSet<>(terms("stream", List.of(), MOST_STREAMS_SAID + 1).keySet());
        if (streams.isEmpty()) {
            return "there are no events yet";
        }
        boolean more = streams.size() > MOST_STREAMS_SAID;
        return "there are "
                + String.join(", ", streams.stream().limit(MOST_STREAMS_SAID).toList()) + (more ? " and more" : "");
    }

    private Map<String, Long> wordings(List<Query> narrowed, int most) throws IOException {
        return terms("wording", narrowed, most);
    }

    private Map<String, Long> terms(String field, List<Query> narrowed, int most) throws IOException {
        Aggregate each = elasticsearch
                .client()
                .search(
                        search -> search.index(names.everyEvent())
                                .ignoreUnavailable(true)
                                .size(0)
                                .trackTotalHits(total -> total.enabled(false))
                                .query(query -> query.bool(all -> all.filter(narrowed)))
                                .aggregations(
                                        "each",
                                        of -> of.terms(
                                                terms -> terms.field(field).size(most))),
                        Void.class)
                .aggregations()
                .get("each");
        Map<String, Long> found = new LinkedHashMap<>();
        // of another kind where no index knows the field
        if (each != null && each.isSterms()) {
            each.sterms()
                    .buckets()
                    .array()
                    .forEach(bucket -> found.put(bucket.key().stringValue(), bucket.docCount()));
        }
        return found;
    }

    private List<VideoEvent> events(List<String> wordings, SortOrder order, int from, int size) throws IOException {
        List<Query> narrower = new ArrayList<>(filters);
        narrower.add(Filters.anyOf("wording", wordings));
        return found(search -> search.query(query -> query.bool(all -> all.filter(narrower))), order, from, size);
    }

    /** Adds the query. */
    private interface Asked {
        Builder to(Builder search);
    }

    private List<VideoEvent> found(Asked asked, SortOrder order, int from, int size) throws IOException {
        return elasticsearch
                .client()
                .search(
                        search -> asked.to(search)
                                .index(names.everyEvent())
                                .ignoreUnavailable(true)
                                .from(from)
                                .size(size)
                                .trackTotalHits(total -> total.enabled(false))
                                .sort(sort -> sort.field(
                                        began -> began.field("started_at").order(order)))
                                // of the same instant always in the same order, or pages would overlap
                                .sort(sort -> sort.field(
                                        stream -> stream.field("stream").order(SortOrder.Asc)))
                                .sort(sort ->
                                        sort.field(rule -> rule.field("rule").order(SortOrder.Asc)))
                                .sort(sort ->
                                        sort.field(end -> end.field("end_ms").order(SortOrder.Asc))),
                        EventDocument.class)
                .hits()
                .hits()
                .stream()
                .map(Events::event)
                .toList();
    }

    static VideoEvent event(Hit<EventDocument> hit) {
        EventDocument document = hit.source();
        String id = hit.id();
        if (document == null || id == null) {
            throw new IllegalStateException("a hit without its document in " + hit.index());
        }
        return document.toEvent(id);
    }

    private List<String> judged() throws IOException {
        List<String> verdicts = filter.verdicts().stream()
                .map(Handling.Verdict::name)
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList();
        return elasticsearch
                .client()
                .search(
                        search -> search.index(names.handling())
                                .ignoreUnavailable(true)
                                .size(MOST_VERDICTS)
                                .source(source -> source.fetch(false))
                                .query(Filters.anyOf("verdict", verdicts)),
                        HandlingDocument.class)
                .hits()
                .hits()
                .stream()
                .map(hit -> String.valueOf(hit.id()))
                .toList();
    }
}
