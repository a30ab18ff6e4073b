// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.Time;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregate;
import co.elastic.clients.elasticsearch._types.aggregations.DateHistogramBucket;
import co.elastic.clients.elasticsearch._types.aggregations.StringTermsAggregate;
import co.elastic.clients.elasticsearch._types.aggregations.StringTermsBucket;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.indexer.client.IndexException.Reason;
import dev.longwatch.indexer.coverage.Coverage;
import dev.longwatch.indexer.coverage.CoverageSpan;
import dev.longwatch.indexer.coverage.CoverageSpan.State;
import dev.longwatch.indexer.schema.EventDocument;
import dev.longwatch.indexer.schema.IndexNames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * How many events there were in each of many equal stretches, rule by rule, and beside them what was watched at all: a stretch
 * without events may be one that nobody looked at. On the wall clock. Every failure is an {@code IndexException}.
 */
public final class Timeline {

    /** Wider than a screen. */
    public static final int MOST_BUCKETS = 2_000;

    /** Rules with a row of their own, those with the most events. */
    public static final int MOST_RULES = 50;

    private static final String RULES = "rules";
    private static final String BUCKETS = "buckets";

    private final Elasticsearch elasticsearch;
    private final IndexNames names;
    private final CoverageLedger ledger;

    public Timeline(Elasticsearch elasticsearch, IndexNames names) {
        this.elasticsearch = elasticsearch;
        this.names = names;
        ledger = new CoverageLedger(elasticsearch, names);
    }

    /**
     * A stretch of one stream, cut up.
     *
     * @param bucketMillis width of a bucket; the last one may be narrower
     * @param buckets in order, without gaps, from beginning to end
     * @param totals events of the whole stretch by rule, most first; rules beyond {@link Timeline#MOST_RULES} are left out
     * @param otherEvents how many events the rules have that were left out
     */
    public record Zoom(
            String stream,
            long fromMillis,
            long toMillis,
            long bucketMillis,
            List<Bucket> buckets,
            Map<String, Long> totals,
            long otherEvents) {}

    /**
     * One of the equal stretches.
     *
     * @param fromMillis milliseconds since 1970 UTC
     * @param toMillis after it
     * @param events that begin in it, by rule; rules with none are left out
     * @param coverageMillis how long the stream was in each state; every state has an entry
     * @param unknownMillis how long nobody wrote about; with those before it the width of the bucket
     */
    public record Bucket(
            long fromMillis,
            long toMillis,
            Map<String, Long> events,
            Map<State, Long> coverageMillis,
            long unknownMillis) {}

    /**
     * Events and coverage of a stretch of a stream.
     *
     * @param fromMillis milliseconds since 1970 UTC: where the first bucket begins
     * @param toMillis after it; an event counts where it begins, and one that begins here does not
     * @param bucketMillis so wide that there are at most {@value #MOST_BUCKETS}
     */
    public Zoom of(String stream, long fromMillis, long toMillis, long bucketMillis) {
        if (toMillis <= fromMillis || bucketMillis < 1) {
            throw new IndexException(
                    Reason.BAD_REQUEST,
                    "expected a stretch that ends after it begins and buckets of at least a millisecond, found "
                            + fromMillis + " to " + toMillis + " in buckets of " + bucketMillis + " ms");
        }
        long count = (toMillis - fromMillis - 1) / bucketMillis + 1;
        if (count > MOST_BUCKETS) {
            throw new IndexException(
                    Reason.BAD_REQUEST,
                    "expected at most " + MOST_BUCKETS + " buckets, found " + count + ": ask for wider ones");
        }
        StringTermsAggregate rules = events(stream, fromMillis, toMillis, bucketMillis);
        Coverage coverage = ledger.of(stream, fromMillis, toMillis);
        List<Map<String, Long>> counts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            counts.add(new TreeMap<>());
        }
        Map<String, Long> totals = new LinkedHashMap<>();
        for (StringTermsBucket rule : rules.buckets().array()) {
            totals.put(rule.key().stringValue(), rule.docCount());
            for (DateHistogramBucket bucket : histogram(rule)) {
                int place = Math.toIntExact((bucket.key() - fromMillis) / bucketMillis);
                counts.get(place).put(rule.key().stringValue(), bucket.docCount());
            }
        }
        return new Zoom(
                stream,
                fromMillis,
                toMillis,
                bucketMillis,
                buckets(fromMillis, toMillis, bucketMillis, counts, coverage),
                totals,
                Objects.requireNonNullElse(rules.sumOtherDocCount(), 0L));
    }

    /** Rules outside and time inside, so that a rule is counted in all buckets or in none. */
    private StringTermsAggregate events(String stream, long fromMillis, long toMillis, long bucketMillis) {
        Query ofStream =
                Query.of(query -> query.term(term -> term.field("stream").value(FieldValue.of(stream))));
        Query begins = Query.of(query -> query.range(range -> range.date(date -> date.field("started_at")
                .format("epoch_millis")
                .gte(Long.toString(fromMillis))
                .lt(Long.toString(toMillis)))));
        try {
            Aggregate rules = elasticsearch
                    .client()
                    .search(
                            search -> search.index(names.everyEvent())
                                    .ignoreUnavailable(true)
                                    .size(0)
                                    .query(query -> query.bool(all -> all.filter(ofStream, begins)))
                                    .aggregations(RULES, rule -> rule.terms(terms -> terms.field("rule")
                                                    .size(MOST_RULES)
                                                    .shardSize(20 * MOST_RULES))
                                            .aggregations(
                                                    BUCKETS,
                                                    time -> time.dateHistogram(histogram -> histogram
                                                            .field("started_at")
                                                            .fixedInterval(millis(bucketMillis))
                                                            .offset(millis(Math.floorMod(fromMillis, bucketMillis)))
                                                            .minDocCount(1)))),
                            EventDocument.class)
                    .aggregations()
                    .get(RULES);
            // no index, no aggregation
            return rules != null && rules.isSterms()
                    ? rules.sterms()
                    : StringTermsAggregate.of(none ->
                            none.buckets(buckets -> buckets.array(List.of())).sumOtherDocCount(0L));
        } catch (IOException | ElasticsearchException e) {
            throw elasticsearch.explain(e);
        }
    }

    private static Time millis(long millis) {
        return Time.of(time -> time.time(millis + "ms"));
    }

    private static List<DateHistogramBucket> histogram(StringTermsBucket rule) {
        return Objects.requireNonNull(rule.aggregations().get(BUCKETS), "asked for")
                .dateHistogram()
                .buckets()
                .array();
    }

    private static List<Bucket> buckets(
            long fromMillis, long toMillis, long bucketMillis, List<Map<String, Long>> counts, Coverage coverage) {
        List<Bucket> buckets = new ArrayList<>();
        int next = 0;
        List<CoverageSpan> spans = coverage.spans();
        for (int i = 0; i < counts.size(); i++) {
            long from = fromMillis + i * bucketMillis;
            long to = Math.min(toMillis, from + bucketMillis);
            while (next < spans.size() && spans.get(next).toMillis() <= from) {
                next++;
            }
            buckets.add(bucket(from, to, counts.get(i), spans.subList(next, spans.size())));
        }
        return List.copyOf(buckets);
    }

    /** @param spans in order, without overlaps, none before the bucket */
    private static Bucket bucket(long from, long to, Map<String, Long> counts, List<CoverageSpan> spans) {
        Map<State, Long> millis = new EnumMap<>(State.class);
        for (State state : State.values()) {
            millis.put(state, 0L);
        }
        long known = 0;
        for (CoverageSpan span : spans) {
            if (span.fromMillis() >= to) {
                break;
            }
            long inside = Math.min(to, span.toMillis()) - Math.max(from, span.fromMillis());
            millis.merge(span.state(), inside, Long::sum);
            known += inside;
        }
        return new Bucket(from, to, Map.copyOf(counts), millis, to - from - known);
    }
}
