// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.client;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.Time;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.search.Hit;
import java.io.IOException;
import java.util.List;

/**
 * Everything that a query finds as of one point in time, page by page, however much it is. What is written or deleted
 * meanwhile changes nothing about it. Indices that are not there hold nothing.
 *
 * @param elasticsearch is asked
 * @param indices names and patterns
 * @param query what is meant
 */
public record Scan(Elasticsearch elasticsearch, List<String> indices, Query query) {

    /** Documents of a page, at most. */
    public static final int PAGE = 1_000;

    /** Between two pages; whoever takes longer over one has the scan end with an error. */
    private static final Time KEEP = Time.of(time -> time.time("5m"));

    /**
     * Takes a page.
     *
     * @param <T> the documents
     */
    public interface Taker<T> {

        /** @param page at least one; versions are there */
        void take(List<Hit<T>> page) throws IOException;
    }

    /**
     * Hands over every page.
     *
     * @param type of the documents; {@code Void} to have no more than their ids
     */
    public <T> void each(Class<T> type, Taker<T> taker) throws IOException {
        elasticsearch.client().indices().refresh(refresh -> refresh.index(indices)
                .ignoreUnavailable(true));
        String point = elasticsearch
                .client()
                .openPointInTime(
                        open -> open.index(indices).ignoreUnavailable(true).keepAlive(KEEP))
                .id();
        try {
            List<Hit<T>> page = page(type, point, List.of());
            while (!page.isEmpty()) {
                taker.take(page);
                page = page(type, point, page.get(page.size() - 1).sort());
            }
        } finally {
            elasticsearch.client().closePointInTime(close -> close.id(point));
        }
    }

    private <T> List<Hit<T>> page(Class<T> type, String point, List<FieldValue> after) throws IOException {
        return elasticsearch
                .client()
                .search(
                        search -> {
                            search.pit(pit -> pit.id(point).keepAlive(KEEP))
                                    .size(PAGE)
                                    .version(true)
                                    .source(source -> source.fetch(type != Void.class))
                                    .query(query)
                                    .sort(sort -> sort.field(
                                            place -> place.field("_shard_doc").order(SortOrder.Asc)));
                            return after.isEmpty() ? search : search.searchAfter(after);
                        },
                        type)
                .hits()
                .hits();
    }
}
