// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOptions;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregate;
import co.elastic.clients.elasticsearch._types.aggregations.CompositeAggregationSource;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.SearchRequest.Builder;
import co.elastic.clients.elasticsearch.core.search.Hit;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.indexer.client.IndexException.Reason;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.indexer.schema.EventDocument;
import dev.longwatch.indexer.schema.IndexNames;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The events of one filter: how many say what, and the events themselves in a fixed order. */
final class Events {

    /** More wordings than this in what a filter leaves are not told apart beforehand. */
    static final int MOST_WORDINGS = 10_000;

    private static final int MOST_STREAMS_SAID = 12;

    /** Of the same instant always in the same order, or pages would overlap; the last tells what is left apart. */
    private static final List<String> SORTED_BY = List.of("started_at", "stream", "rule", "end_ms", "_seq_no");

    /** What {@link #spans} are read from: the server has these in columns, and opens no document. */
    private static final List<String> BEGUN = List.of("started_at", "stream", "ended_at", "_seq_no");

    /** Of one query: a server takes at least a thousand, and each of ours has two. */
    private static final int CLAUSES = 500;

    private static final List<String> ENDED = List.of("ended_at", "stream", "started_at", "_seq_no");

    /** The {@link Found#place} of an event, for {@link PageCursor}. */
    static final String PLACE = "nwwnn";

    private final Elasticsearch elasticsearch;
    private final IndexNames names;
    private final EventFilter filter;
    private final List<Query> filters;

    Events(Elasticsearch elasticsearch, IndexNames names, EventFilter filter) throws IOException {
        this(elasticsearch, names, filter, new HandlingFilter(elasticsearch, names).events(filter));
    }

    private Events(Elasticsearch elasticsearch, IndexNames names, EventFilter filter, List<Query> filters) {
        this.elasticsearch = elasticsearch;
        this.names = names;
        this.filter = filter;
        this.filters = List.copyOf(filters);
    }

    /**
     * An event that was found.
     *
     * @param place what it was sorted by: {@link #newestAfter} goes on behind it
     */
    record Found(VideoEvent event, List<FieldValue> place) {}

    /**
     * When an event happened.
     *
     * @param toMillis when it ended; both milliseconds since 1970 UTC
     * @param place what it was sorted by: {@link #spans} goes on behind it
     */
    record Span(String stream, long fromMillis, long toMillis, List<FieldValue> place) {}

    /** Those of them that are also of this stream. */
    Events ofStream(String stream) {
        return narrowed(Filters.anyOf("stream", List.of(stream)));
    }

    /** In the server's words. */
    List<Query> filters() {
        return filters;
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
        return wordings(with(Filters.anyOf("wording", among)), among.size());
    }

    /**
     * Newest first.
     *
     * @param wordings of any of these; empty for all
     */
    List<Found> newest(List<String> wordings, int from, int size) throws IOException {
        return found(wordings, SortOrder.Desc, search -> search.from(from).size(size));
    }

    /**
     * Newest first, those behind a place.
     *
     * @param wordings of any of these; empty for all
     * @param place of an event of theirs, which need not be there any more
     */
    List<Found> newestAfter(List<String> wordings, List<FieldValue> place, int size) throws IOException {
        return found(
                wordings, SortOrder.Desc, search -> search.searchAfter(place).size(size));
    }

    /**
     * In the order in which they began.
     *
     * @param wordings of any of these; empty for all
     */
    List<VideoEvent> oldest(List<String> wordings, int size) throws IOException {
        return found(wordings, SortOrder.Asc, search -> search.size(size)).stream()
                .map(Found::event)
                .toList();
    }

    /**
     * When they happened: in the order in which they began, or from the end, the last to end first.
     *
     * @param wordings of any of these
     * @param without streams that are left out
     * @param after place of the last of the page before; empty for the first page
     */
    List<Span> spans(List<String> wordings, boolean fromTheEnd, Set<String> without, List<FieldValue> after, int size)
            throws IOException {
        Query others = Query.of(query -> query.bool(none -> none.mustNot(Filters.anyOf("stream", without))));
        return narrowed(others)
                .spans(wordings, fromTheEnd, search -> (after.isEmpty() ? search : search.searchAfter(after))
                        .size(size));
    }

    /**
     * The first {@link #spans span} of each stream.
     *
     * @param wordings of any of these
     */
    List<Span> outermost(List<String> wordings, boolean fromTheEnd, int size) throws IOException {
        return spans(wordings, fromTheEnd, search -> search.size(size).collapse(one -> one.field("stream")));
    }

    /**
     * Of each stream the first of those that began at an instant of its own, the newest first.
     *
     * @param wordings of any of these
     * @param instants by stream, in milliseconds since 1970 UTC
     */
    List<VideoEvent> begun(List<String> wordings, Map<String, Long> instants) throws IOException {
        List<Query> each = instants.entrySet().stream()
                .map(one -> Query.of(query -> query.bool(both -> both.filter(
                        Filters.anyOf("stream", List.of(one.getKey())),
                        Filters.anyOf(
                                "started_at",
                                List.of(Instant.ofEpochMilli(one.getValue()).toString()))))))
                .toList();
        List<VideoEvent> begun = new ArrayList<>();
        for (int from = 0; from < each.size(); from += CLAUSES) {
            List<Query> some = each.subList(from, Math.min(each.size(), from + CLAUSES));
            narrowed(Query.of(query -> query.bool(any -> any.should(some).minimumShouldMatch("1"))))
                    .found(wordings, SortOrder.Desc, search -> search.size(some.size())
                            .collapse(one -> one.field("stream")))
                    .forEach(found -> begun.add(found.event()));
        }
        begun.sort(
                Comparator.comparingLong(VideoEvent::startedAtMillis).reversed().thenComparing(VideoEvent::stream));
        return begun;
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

    /**
     * Each video with, where wordings are asked for, each of those; how many events, and when the newest began.
     *
     * @param wordings of any of these; empty for all, which are then not told apart
     * @param after the last of the page before; empty for the first
     * @return null when there is no index yet
     */
    @Nullable
    Aggregate byVideo(List<String> wordings, Map<String, FieldValue> after, int size) throws IOException {
        List<Query> narrowed = wordings.isEmpty() ? filters : with(Filters.anyOf("wording", wordings));
        List<Map<String, CompositeAggregationSource>> sources = (wordings.isEmpty()
                        ? List.of("stream")
                        : List.of("stream", "wording"))
                .stream()
                        .map(name -> Map.of(
                                name,
                                CompositeAggregationSource.of(source -> source.terms(terms -> terms.field(name)))))
                        .toList();
        return elasticsearch
                .client()
                .search(
                        search -> search.index(names.everyEvent())
                                .ignoreUnavailable(true)
                                .allowPartialSearchResults(false)
                                .size(0)
                                .trackTotalHits(total -> total.enabled(false))
                                .query(query -> query.bool(all -> all.filter(narrowed)))
                                .aggregations("each", each -> each.composite(pairs -> {
                                            pairs.size(size).sources(sources);
                                            return after.isEmpty() ? pairs : pairs.after(after);
                                        })
                                        .aggregations("newest", newest -> newest.max(max -> max.field("started_at")))),
                        Void.class)
                .aggregations()
                .get("each");
    }

    private Events narrowed(Query narrower) {
        return new Events(elasticsearch, names, filter, with(narrower));
    }

    private List<Query> with(Query narrower) {
        List<Query> both = new ArrayList<>(filters);
        both.add(narrower);
        return both;
    }

    /** Adds how much. */
    private interface Part {
        Builder of(Builder search);
    }

    private List<Found> found(List<String> wordings, SortOrder order, Part part) throws IOException {
        return hits(wordings, sorted(SORTED_BY, order), part, EventDocument.class).stream()
                .map(hit -> new Found(event(hit), hit.sort()))
                .toList();
    }

    private List<Span> spans(List<String> wordings, boolean fromTheEnd, Part part) throws IOException {
        List<SortOptions> sort = fromTheEnd ? sorted(ENDED, SortOrder.Desc) : sorted(BEGUN, SortOrder.Asc);
        return hits(wordings, sort, search -> part.of(search).storedFields("_none_"), Void.class).stream()
                .map(Hit::sort)
                .map(place -> new Span(
                        place.get(1).stringValue(),
                        place.get(fromTheEnd ? 2 : 0).longValue(),
                        place.get(fromTheEnd ? 0 : 2).longValue(),
                        place))
                .toList();
    }

    private static List<SortOptions> sorted(List<String> by, SortOrder first) {
        return by.stream()
                .map(name -> SortOptions.of(of ->
                        of.field(field -> field.field(name).order(name.equals(by.get(0)) ? first : SortOrder.Asc))))
                .toList();
    }

    private <T> List<Hit<T>> hits(List<String> wordings, List<SortOptions> sort, Part part, Class<T> form)
            throws IOException {
        List<Query> narrowed = wordings.isEmpty() ? filters : with(Filters.anyOf("wording", wordings));
        return elasticsearch
                .client()
                .search(
                        search -> part.of(search)
                                .index(names.everyEvent())
                                .ignoreUnavailable(true)
                                .trackTotalHits(total -> total.enabled(false))
                                .query(query -> query.bool(all -> all.filter(narrowed)))
                                .sort(sort),
                        form)
                .hits()
                .hits();
    }

    static VideoEvent event(Hit<EventDocument> hit) {
        EventDocument document = hit.source();
        String id = hit.id();
        if (document == null || id == null) {
            throw new IllegalStateException("a hit without its document in " + hit.index());
        }
        return document.toEvent(id);
    }
}
