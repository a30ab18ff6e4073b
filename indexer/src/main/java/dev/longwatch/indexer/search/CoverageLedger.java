// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.elasticsearch.core.search.Hit;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.coverage.Coverage;
import dev.longwatch.indexer.coverage.CoverageSpan;
import dev.longwatch.indexer.schema.CoverageDocument;
import dev.longwatch.indexer.schema.IndexNames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Reads what was watched and what was not. Every failure is an {@code IndexException}. */
public final class CoverageLedger {

    private static final int PAGE = 1_000;

    /** To a date that tells no milliseconds the server adds the rest of the second. */
    private static final String EPOCH_MILLIS = "epoch_millis";

    private final Elasticsearch elasticsearch;
    private final IndexNames names;

    public CoverageLedger(Elasticsearch elasticsearch, IndexNames names) {
        this.elasticsearch = elasticsearch;
        this.names = names;
    }

    /**
     * What became of a stretch of a stream.
     *
     * @param fromMillis milliseconds since 1970 UTC
     * @param toMillis after it
     */
    public Coverage of(String stream, long fromMillis, long toMillis) {
        List<CoverageSpan> entries = new ArrayList<>();
        List<FieldValue> after = List.of();
        try {
            while (true) {
                List<Hit<CoverageDocument>> page = page(stream, fromMillis, toMillis, after);
                for (Hit<CoverageDocument> hit : page) {
                    entries.add(Objects.requireNonNull(hit.source(), "a hit has its document")
                            .toSpan());
                }
                if (page.size() < PAGE) {
                    return Coverage.of(fromMillis, toMillis, entries);
                }
                after = page.get(page.size() - 1).sort();
            }
        } catch (IOException | ElasticsearchException e) {
            throw elasticsearch.explain(e);
        }
    }

    private List<Hit<CoverageDocument>> page(String stream, long fromMillis, long toMillis, List<FieldValue> after)
            throws IOException {
        SearchResponse<CoverageDocument> response = elasticsearch
                .client()
                .search(
                        search -> {
                            search.index(names.everyCoverage())
                                    .ignoreUnavailable(true)
                                    .size(PAGE)
                                    .query(query -> query.bool(all -> all.filter(only -> only.term(
                                                    term -> term.field("stream").value(stream)))
                                            .filter(only -> only.range(range -> range.date(date -> date.field("to")
                                                    .format(EPOCH_MILLIS)
                                                    .gt(Long.toString(fromMillis)))))
                                            .filter(only -> only.range(range -> range.date(date -> date.field("from")
                                                    .format(EPOCH_MILLIS)
                                                    .lt(Long.toString(toMillis)))))))
                                    .sort(sort -> sort.field(
                                            first -> first.field("from").order(SortOrder.Asc)))
                                    .sort(sort -> sort.field(
                                            then -> then.field("state").order(SortOrder.Asc)));
                            return after.isEmpty() ? search : search.searchAfter(after);
                        },
                        CoverageDocument.class);
        return response.hits().hits();
    }
}
