// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SearchType;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.elasticsearch.core.search.Hit;
import co.elastic.clients.elasticsearch.core.search.TotalHits;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.indexer.client.IndexException.Reason;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.indexer.schema.EventDocument;
import dev.longwatch.indexer.schema.IndexNames;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The door to what has been kept. Sees what was refreshed, that is, events older than half a second. Thread-safe; every
 * failure is an {@link IndexException}.
 */
public final class EventSearch {

    /** Elasticsearch's own for one page. */
    static final int HIGHEST_LIMIT = 10_000;

    private final Elasticsearch elasticsearch;
    private final IndexNames names;

    public EventSearch(Elasticsearch elasticsearch, IndexNames names) {
        this.elasticsearch = elasticsearch;
        this.names = names;
    }

    /** Finds moments by words, the best first and among equals the newest. */
    public SearchResult find(SearchRequest request) {
        Query words = WordQuery.of(request.text());
        return asked(() -> {
            SearchResponse<EventDocument> response = elasticsearch
                    .client()
                    .search(
                            search -> search.index(names.everyEvent())
                                    .ignoreUnavailable(true)
                                    // a word is as rare as it is in all months, not in its own
                                    .searchType(SearchType.DfsQueryThenFetch)
                                    .size(request.limit())
                                    .trackTotalHits(total -> total.enabled(true))
                                    .query(query ->
                                            query.bool(both -> both.must(words).filter(filters(request.filter()))))
                                    .sort(sort -> sort.score(score -> score.order(SortOrder.Desc)))
                                    .sort(sort -> sort.field(
                                            newest -> newest.field("started_at").order(SortOrder.Desc)))
                                    .highlight(highlight -> highlight
                                            .preTags(String.valueOf(Moment.OPEN))
                                            .postTags(String.valueOf(Moment.CLOSE))
                                            .numberOfFragments(0)
                                            .fields("text", field -> field)),
                            EventDocument.class);
            List<Moment> moments =
                    response.hits().hits().stream().map(EventSearch::moment).toList();
            TotalHits total = response.hits().total();
            return new SearchResult(moments, total == null ? moments.size() : total.value(), response.took());
        });
    }

    /**
     * The events themselves, in the order in which they began.
     *
     * @param limit how many at most, from 1 to {@value #HIGHEST_LIMIT}
     */
    public List<VideoEvent> list(EventFilter filter, int limit) {
        if (limit < 1 || limit > HIGHEST_LIMIT) {
            throw new IndexException(
                    Reason.BAD_REQUEST, "expected a limit from 1 to " + HIGHEST_LIMIT + ", found " + limit);
        }
        return asked(() -> elasticsearch
                .client()
                .search(
                        search -> search.index(names.everyEvent())
                                .ignoreUnavailable(true)
                                .size(limit)
                                .query(query -> query.bool(all -> all.filter(filters(filter))))
                                .sort(sort -> sort.field(
                                        oldest -> oldest.field("started_at").order(SortOrder.Asc)))
                                .sort(sort -> sort.field(
                                        shortest -> shortest.field("end_ms").order(SortOrder.Asc))),
                        EventDocument.class)
                .hits()
                .hits()
                .stream()
                .map(EventSearch::event)
                .toList());
    }

    public long count(EventFilter filter) {
        return asked(() -> elasticsearch
                .client()
                .count(count -> count.index(names.everyEvent())
                        .ignoreUnavailable(true)
                        .query(query -> query.bool(all -> all.filter(filters(filter)))))
                .count());
    }

    /**
     * Deletes all events of a stream with their alerts and all that people did about those, refused documents too, so
     * that it can be watched again from a clean slate. Nobody may write to the stream meanwhile. They are gone for every
     * search when this returns.
     *
     * @return how many documents
     */
    public long delete(String stream) {
        return asked(() -> new EventDeletion(elasticsearch, names, filters(EventFilter.ALL.inStreams(stream))).run());
    }

    /**
     * Deletes the events and alerts that earlier runs over a video have left behind. They are gone for every search when this
     * returns.
     *
     * @param filter which events
     * @param version only those with a lower one, see {@link VideoEvent#firstVersion}
     * @return how many
     */
    public long delete(EventFilter filter, long version) {
        List<Query> queries = new ArrayList<>(filters(filter));
        queries.add(Query.of(query ->
                query.range(range -> range.term(older -> older.field("version").lt(Long.toString(version))))));
        return asked(() -> new EventDeletion(elasticsearch, names, queries).run());
    }

    static List<Query> filters(EventFilter filter) {
        List<Query> filters = new ArrayList<>();
        if (!filter.streams().isEmpty()) {
            filters.add(anyOf("stream", filter.streams()));
        }
        if (!filter.rules().isEmpty()) {
            filters.add(anyOf("rule", filter.rules()));
        }
        Instant from = filter.from();
        if (from != null) {
            filters.add(Query.of(query -> query.range(
                    range -> range.date(date -> date.field("ended_at").gte(from.toString())))));
        }
        Instant to = filter.to();
        if (to != null) {
            filters.add(Query.of(query -> query.range(
                    range -> range.date(date -> date.field("started_at").lte(to.toString())))));
        }
        if (filter.within() != null) {
            double start = filter.within().startMillis();
            double end = filter.within().endMillis();
            filters.add(atLeast("end_ms", start));
            filters.add(Query.of(query -> query.range(
                    range -> range.number(number -> number.field("start_ms").lte(end)))));
        }
        if (filter.minimumConfidence() > 0) {
            filters.add(atLeast("confidence", filter.minimumConfidence()));
        }
        return filters;
    }

    static Query anyOf(String field, List<String> values) {
        List<FieldValue> any = values.stream().map(FieldValue::of).toList();
        return Query.of(query -> query.terms(terms -> terms.field(field).terms(list -> list.value(any))));
    }

    private static Query atLeast(String field, double least) {
        return Query.of(query ->
                query.range(range -> range.number(number -> number.field(field).gte(least))));
    }

    private static Moment moment(Hit<EventDocument> hit) {
        List<String> highlighted = hit.highlight().getOrDefault("text", List.of());
        Double score = hit.score();
        return Moment.of(event(hit), score == null ? 0 : score, highlighted.isEmpty() ? "" : highlighted.get(0));
    }

    private static VideoEvent event(Hit<EventDocument> hit) {
        EventDocument document = hit.source();
        String id = hit.id();
        if (document == null || id == null) {
            throw new IllegalStateException("a hit without its document in " + hit.index());
        }
        return document.toEvent(id);
    }

    /** Something asked of the server. */
    private interface Question<T> {
        T ask() throws IOException;
    }

    private <T> T asked(Question<T> question) {
        try {
            return question.ask();
        } catch (IOException | ElasticsearchException e) {
            throw elasticsearch.explain(e);
        }
    }
}
