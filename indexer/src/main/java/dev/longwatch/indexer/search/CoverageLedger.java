// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.aggregations.StringTermsAggregate;
import co.elastic.clients.elasticsearch._types.mapping.FieldType;
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
import java.util.Optional;

/** Reads what was watched and what was not. Every failure is an {@code IndexException}. */
public final class CoverageLedger {

    private static final int PAGE = 1_000;

    private static final int MOST_STREAMS = 10_000;
    /** To a date that tells no milliseconds the server adds the rest of the second. */
    private static final String EPOCH_MILLIS = "epoch_millis";

    private final Elasticsearch elasticsearch;
    private final IndexNames names;

    public CoverageLedger(Elasticsearch elasticsearch, IndexNames names) {
        this.elasticsearch = elasticsearch;
        this.names = names;
    }

    /**
     * From where to where anything was written about a stream.
     *
     * @param fromMillis milliseconds since 1970 UTC
     * @param toMillis after it
     * @param recordedAtMillis wall clock of a file's beginning; 0 for a stream. A file that was watched, changed and watched
     *     again has begun at two times: the later one counts
     */
    public record Extent(long fromMillis, long toMillis, long recordedAtMillis) {}

    /** What became of a stretch of a stream, see {@link #entries}. */
    public Coverage of(String stream, long fromMillis, long toMillis) {
        return Coverage.of(fromMillis, toMillis, entries(stream, fromMillis, toMillis));
    }

    /**
     * All that was written about a stretch of a stream, in order of beginning; entries may reach beyond it.
     *
     * @param fromMillis milliseconds since 1970 UTC
     * @param toMillis after it
     */
    public List<CoverageSpan> entries(String stream, long fromMillis, long toMillis) {
        return asked(() -> {
            List<CoverageSpan> entries = new ArrayList<>();
            List<FieldValue> after = List.of();
            while (true) {
                List<Hit<CoverageDocument>> page = page(stream, fromMillis, toMillis, after);
                page.forEach(hit -> entries.add(span(hit)));
                if (page.size() < PAGE) {
                    return entries;
                }
                after = page.get(page.size() - 1).sort();
            }
        });
    }

    /** Empty when nothing was written about the stream. */
    public Optional<Extent> extent(String stream) {
        return asked(() -> {
            Optional<CoverageSpan> latest = first(stream, "recorded_at", SortOrder.Desc);
            if (latest.isEmpty()) {
                return Optional.empty();
            }
            long recordedAt = latest.get().recordedAtMillis();
            Optional<CoverageSpan> last = first(stream, "to", SortOrder.Desc);
            Optional<CoverageSpan> first = first(stream, "from", SortOrder.Asc);
            return Optional.of(new Extent(
                    recordedAt == 0 ? first.orElseThrow().fromMillis() : recordedAt,
                    last.orElseThrow().toMillis(),
                    recordedAt));
        });
    }

    /** The names of all streams of which anything is written, in order of the alphabet. */
    public List<String> streams() {
        return asked(() -> elasticsearch
                .client()
                .search(
                        search -> search.index(names.everyCoverage())
                                .ignoreUnavailable(true)
                                .size(0)
                                .aggregations(
                                        "streams",
                                        each -> each.terms(
                                                terms -> terms.field("stream").size(MOST_STREAMS))),
                        Void.class)
                .aggregations()
                .getOrDefault(
                        "streams",
                        StringTermsAggregate.of(none -> none.buckets(all -> all.array(List.of())))
                                ._toAggregate())
                .sterms()
                .buckets()
                .array()
                .stream()
                .map(bucket -> bucket.key().stringValue())
                .sorted()
                .toList());
    }

    private Optional<CoverageSpan> first(String stream, String field, SortOrder order) throws IOException {
        return elasticsearch
                .client()
                .search(
                        search -> search.index(names.everyCoverage())
                                .ignoreUnavailable(true)
                                .size(1)
                                .query(query ->
                                        query.term(term -> term.field("stream").value(stream)))
                                .sort(sort -> sort.field(by -> by.field(field)
                                        .order(order)
                                        .missing("_last")
                                        .unmappedType(FieldType.Date))),
                        CoverageDocument.class)
                .hits()
                .hits()
                .stream()
                .map(CoverageLedger::span)
                .findFirst();
    }

    private static CoverageSpan span(Hit<CoverageDocument> hit) {
        return Objects.requireNonNull(hit.source(), "a hit has its document").toSpan();
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
