// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOptions;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.search.Hit;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.indexer.schema.EventDocument;
import dev.longwatch.indexer.schema.IndexNames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The events themselves, a page at a time in the order of time, and each by its id. Safe for use by several threads; every
 * failure is an {@link IndexException}.
 */
public final class EventListing {

    public static final int HIGHEST_LIMIT = 1_000;

    /** In which order. */
    public enum Order {
        NEWEST,
        OLDEST
    }

    /**
     * @param events in order
     * @param next the cursor of what follows; null when that was all
     */
    public record Page(List<VideoEvent> events, @Nullable String next) {

        public Page {
            events = List.copyOf(events);
        }
    }

    /** The last two keep events of one instant apart: a stream's event has no equal sequence number in its index. */
    private static final List<String> SORTED_BY = List.of("started_at", "end_ms", "stream", "rule", "_seq_no");

    private static final String FORM = "nnwwn";

    private final Elasticsearch elasticsearch;
    private final IndexNames names;

    public EventListing(Elasticsearch elasticsearch, IndexNames names) {
        this.elasticsearch = elasticsearch;
        this.names = names;
    }

    /**
     * @param cursor of the page before; null for the first
     * @param limit how many events, from 1 to {@value #HIGHEST_LIMIT}
     */
    public Page page(EventFilter filter, Order order, @Nullable String cursor, int limit) {
        if (limit < 1 || limit > HIGHEST_LIMIT) {
            throw new IndexException(
                    IndexException.Reason.BAD_REQUEST,
                    "expected a limit from 1 to " + HIGHEST_LIMIT + ", found " + limit);
        }
        String list = "events " + order;
        List<FieldValue> after = cursor == null ? List.of() : PageCursor.read(list, FORM, cursor);
        SortOrder direction = order == Order.NEWEST ? SortOrder.Desc : SortOrder.Asc;
        List<SortOptions> sort = SORTED_BY.stream()
                .map(name ->
                        SortOptions.of(by -> by.field(field -> field.field(name).order(direction))))
                .toList();
        List<Query> filters = asked(() -> new HandlingFilter(elasticsearch, names).events(filter));
        List<Hit<EventDocument>> hits = asked(() -> elasticsearch
                .client()
                .search(
                        search -> {
                            search.index(names.everyEvent())
                                    .ignoreUnavailable(true)
                                    .allowPartialSearchResults(false)
                                    // one more tells whether anything follows
                                    .size(limit + 1)
                                    .query(query -> query.bool(all -> all.filter(filters)))
                                    .sort(sort);
                            return after.isEmpty() ? search : search.searchAfter(after);
                        },
                        EventDocument.class)
                .hits()
                .hits());
        List<VideoEvent> events = new ArrayList<>();
        hits.stream().limit(limit).flatMap(EventListing::event).forEach(events::add);
        return new Page(
                events,
                hits.size() > limit ? PageCursor.of(list, hits.get(limit - 1).sort()) : null);
    }

    /** The event of that id. */
    public Optional<VideoEvent> event(String id) {
        return asked(() -> elasticsearch
                .client()
                .search(
                        search -> search.index(names.everyEvent())
                                .ignoreUnavailable(true)
                                .allowPartialSearchResults(false)
                                .query(query -> query.ids(ids -> ids.values(id))),
                        EventDocument.class)
                .hits()
                .hits()
                .stream()
                .flatMap(EventListing::event)
                .findFirst());
    }

    private static Stream<VideoEvent> event(Hit<EventDocument> hit) {
        EventDocument document = hit.source();
        String id = hit.id();
        return document == null || id == null ? Stream.empty() : Stream.of(document.toEvent(id));
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
