// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.Time;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregate;
import co.elastic.clients.elasticsearch._types.aggregations.DateHistogramBucket;
import co.elastic.clients.elasticsearch._types.aggregations.StringTermsAggregate;
import co.elastic.clients.elasticsearch._types.mapping.FieldType;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.elasticsearch.core.search.Hit;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.coverage.Coverage;
import dev.longwatch.indexer.coverage.CoverageSpan;
import dev.longwatch.indexer.coverage.Peaks;
import dev.longwatch.indexer.schema.CoverageDocument;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.search.FoldedHours.Counted;
import dev.longwatch.indexer.search.FoldedHours.Folded;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;

/** Reads what was watched and what was not. Every failure is an {@code IndexException}. */
public final class CoverageLedger {

    private static final long HOUR = FoldedHours.HOUR;
    /** As much as the server gives at once. */
    private static final int PAGE = 10_000;

    /** Beyond it a stretch is read by whole hours, of which most were read before. */
    private static final long SHORT = 2 * HOUR;

    /** As many unread hours are read in one go as fit into memory with ease. */
    private static final long AT_ONCE = 6 * HOUR;

    /** Instead of a clock: whatever was written by. */
    public static final long ANY_CLOCK = -1;

    private static final String HOURS = "hours";
    private static final String DURATIONS = "durations";
    private static final String RATES = "rates";
    private static final String UNTIL = "until";

    private static final int MOST_STREAMS = 10_000;
    /** To a date that tells no milliseconds the server adds the rest of the second. */
    private static final String EPOCH_MILLIS = "epoch_millis";

    private final Elasticsearch elasticsearch;
    private final IndexNames names;
    private final FoldedHours hours = new FoldedHours();

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

    /** A stretch that was read. */
    public record Stretch(Coverage coverage, Peaks peaks) {}

    /** What became of a stretch of a stream, whatever clock was written by. */
    public Coverage of(String stream, long fromMillis, long toMillis) {
        return of(stream, ANY_CLOCK, fromMillis, toMillis);
    }

    /** What became of a stretch of a stream, see {@link #read}. */
    public Coverage of(String stream, long clock, long fromMillis, long toMillis) {
        return read(stream, clock, fromMillis, toMillis, toMillis - fromMillis).coverage();
    }

    /**
     * What became of a stretch of a stream, and what the model held likely.
     *
     * @param clock only entries of a file that began then, milliseconds since 1970 UTC; 0 for those of a stream, which has no
     *     clock of its own; {@link #ANY_CLOCK} for all
     * @param fromMillis milliseconds since 1970 UTC
     * @param toMillis after it
     * @param stepMillis of the peaks; of a stretch beyond two hours, they are as fine as a quarter of a minute
     */
    public Stretch read(String stream, long clock, long fromMillis, long toMillis, long stepMillis) {
        Query which = Query.of(query -> query.bool(all -> all.filter(of(stream), written(clock))));
        if (toMillis - fromMillis <= SHORT) {
            List<CoverageSpan> entries = asked(() -> entries(which, fromMillis, toMillis));
            return new Stretch(
                    Coverage.of(fromMillis, toMillis, entries), Peaks.of(fromMillis, toMillis, stepMillis, entries));
        }
        return asked(() -> folded(which, stream, clock, fromMillis, toMillis, stepMillis));
    }

    /**
     * By which clock was written about a stretch: the latest beginning of a file, 0 when none has one, as in a stream; empty
     * when nothing was written.
     */
    public OptionalLong clock(String stream, long fromMillis, long toMillis) {
        Query stretch = Query.of(query -> query.bool(all -> all.filter(of(stream), between(fromMillis, toMillis))));
        return asked(() -> first(stretch, "recorded_at", SortOrder.Desc)).stream()
                .mapToLong(CoverageSpan::recordedAtMillis)
                .findFirst();
    }

    /**
     * All that was written about a stretch of a stream, in order of beginning; entries may reach beyond it. Of days of a live
     * stream these are very many: see {@link #read}.
     *
     * @param fromMillis milliseconds since 1970 UTC
     * @param toMillis after it
     */
    public List<CoverageSpan> entries(String stream, long fromMillis, long toMillis) {
        return asked(() -> entries(of(stream), fromMillis, toMillis));
    }

    private List<CoverageSpan> entries(Query which, long fromMillis, long toMillis) throws IOException {
        List<CoverageSpan> entries = new ArrayList<>();
        List<FieldValue> after = List.of();
        while (true) {
            List<Hit<CoverageDocument>> page = page(which, fromMillis, toMillis, after);
            page.forEach(hit -> entries.add(span(hit)));
            if (page.size() < PAGE) {
                return entries;
            }
            after = page.get(page.size() - 1).sort();
        }
    }

    /** Hour by hour; entries longer than one are few, and laid over the hours that they reach into. */
    private Stretch folded(Query which, String stream, long clock, long fromMillis, long toMillis, long stepMillis)
            throws IOException {
        long begin = Math.floorDiv(fromMillis, HOUR) * HOUR;
        long end = Math.floorDiv(toMillis - 1, HOUR) * HOUR + HOUR;
        Query brief = Query.of(query -> query.bool(all -> all.filter(which, atMostAnHour())));
        Map<Long, Counted> counted = counted(brief, begin - HOUR, end);
        SortedSet<Long> touched = new TreeSet<>(counted.keySet());
        counted.keySet().forEach(hour -> touched.add(hour + HOUR)); // its last entries reach into the next
        Query lengthy = Query.of(query -> query.bool(all -> all.filter(which).mustNot(atMostAnHour())));
        List<CoverageSpan> spans = new ArrayList<>(entries(lengthy, fromMillis, toMillis));
        Peaks peaks = Peaks.of(fromMillis, toMillis, stepMillis, spans);
        List<CoverageSpan> entries = List.of();
        long read = begin;
        for (long hour : touched.subSet(begin, end)) {
            Counted before = counted.getOrDefault(hour - HOUR, Counted.NOTHING);
            Counted now = counted.getOrDefault(hour, Counted.NOTHING);
            Folded folded = hours.known(stream, clock, hour, before, now);
            if (folded == null) {
                if (hour >= read) {
                    read = Math.min(end, hour + AT_ONCE);
                    entries = entries(brief, hour, read);
                }
                folded = hours.fold(stream, clock, hour, before, now, entries);
            }
            spans.addAll(folded.coverage().spans());
            peaks.add(folded.peaks());
        }
        return new Stretch(Coverage.of(fromMillis, toMillis, spans), peaks);
    }

    /** Of the entries that begin in each hour, by its first millisecond; hours without any are left out. */
    private Map<Long, Counted> counted(Query which, long fromMillis, long toMillis) throws IOException {
        Query begins = Query.of(query -> query.range(range -> range.date(date -> date.field("from")
                .format(EPOCH_MILLIS)
                .gte(Long.toString(fromMillis))
                .lt(Long.toString(toMillis)))));
        Aggregate hourly = elasticsearch
                .client()
                .search(
                        search -> search.index(names.everyCoverage())
                                .ignoreUnavailable(true)
                                .size(0)
                                .query(query -> query.bool(all -> all.filter(which, begins)))
                                .aggregations(HOURS, each -> each.dateHistogram(histogram -> histogram
                                                .field("from")
                                                .fixedInterval(Time.of(time -> time.time("1h")))
                                                .minDocCount(1))
                                        .aggregations(DURATIONS, sum -> sum.sum(of -> of.field("duration_ms")))
                                        .aggregations(RATES, sum -> sum.sum(of -> of.field("frames_per_second")))
                                        .aggregations(UNTIL, max -> max.max(of -> of.field("to")))),
                        Void.class)
                .aggregations()
                .get(HOURS);
        Map<Long, Counted> counted = new HashMap<>();
        if (hourly != null) { // no index, no aggregation
            for (DateHistogramBucket hour : hourly.dateHistogram().buckets().array()) {
                counted.put(
                        hour.key(),
                        new Counted(
                                hour.docCount(),
                                told(hour, DURATIONS).sum().value(),
                                told(hour, RATES).sum().value(),
                                told(hour, UNTIL).max().value()));
            }
        }
        return counted;
    }

    private static Aggregate told(DateHistogramBucket hour, String name) {
        return Objects.requireNonNull(hour.aggregations().get(name), "asked for");
    }

    /** Empty when nothing was written about the stream. */
    public Optional<Extent> extent(String stream) {
        return asked(() -> {
            Query all = of(stream);
            Optional<CoverageSpan> latest = first(all, "recorded_at", SortOrder.Desc);
            if (latest.isEmpty()) {
                return Optional.empty();
            }
            long recordedAt = latest.get().recordedAtMillis();
            Optional<CoverageSpan> last = first(all, "to", SortOrder.Desc);
            Optional<CoverageSpan> first = first(all, "from", SortOrder.Asc);
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

    private Optional<CoverageSpan> first(Query which, String field, SortOrder order) throws IOException {
        return elasticsearch
                .client()
                .search(
                        search -> search.index(names.everyCoverage())
                                .ignoreUnavailable(true)
                                .size(1)
                                .query(which)
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

    private List<Hit<CoverageDocument>> page(Query which, long fromMillis, long toMillis, List<FieldValue> after)
            throws IOException {
        SearchResponse<CoverageDocument> response = elasticsearch
                .client()
                .search(
                        search -> {
                            search.index(names.everyCoverage())
                                    .ignoreUnavailable(true)
                                    .size(PAGE)
                                    .query(query -> query.bool(all -> all.filter(which, between(fromMillis, toMillis))))
                                    .sort(sort -> sort.field(
                                            first -> first.field("from").order(SortOrder.Asc)))
                                    .sort(sort -> sort.field(
                                            then -> then.field("state").order(SortOrder.Asc)));
                            return after.isEmpty() ? search : search.searchAfter(after);
                        },
                        CoverageDocument.class);
        return response.hits().hits();
    }

    private static Query of(String stream) {
        return Query.of(query -> query.term(term -> term.field("stream").value(stream)));
    }

    /** By a clock, see {@link #read}. */
    private static Query written(long clock) {
        if (clock == ANY_CLOCK) {
            return Query.of(query -> query.matchAll(all -> all));
        }
        return clock == 0
                ? Query.of(query ->
                        query.bool(none -> none.mustNot(has -> has.exists(exists -> exists.field("recorded_at")))))
                : Query.of(query -> query.range(range -> range.date(date -> date.field("recorded_at")
                        .format(EPOCH_MILLIS)
                        .gte(Long.toString(clock))
                        .lte(Long.toString(clock)))));
    }

    private static Query between(long fromMillis, long toMillis) {
        Query ends = Query.of(query -> query.range(range ->
                range.date(date -> date.field("to").format(EPOCH_MILLIS).gt(Long.toString(fromMillis)))));
        Query begins = Query.of(query -> query.range(range ->
                range.date(date -> date.field("from").format(EPOCH_MILLIS).lt(Long.toString(toMillis)))));
        return Query.of(query -> query.bool(all -> all.filter(ends, begins)));
    }

    /** False of entries that are longer, and of those of before schema 6, which do not tell. */
    private static Query atMostAnHour() {
        return Query.of(query -> query.range(range ->
                range.number(number -> number.field("duration_ms").gte(1.0).lte((double) HOUR))));
    }
}
