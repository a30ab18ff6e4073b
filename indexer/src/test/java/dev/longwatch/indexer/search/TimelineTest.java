// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.indexer.client.IndexException.Reason;
import dev.longwatch.indexer.coverage.CoverageSpan;
import dev.longwatch.indexer.coverage.CoverageSpan.State;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.indexer.local.TestElasticsearch;
import dev.longwatch.indexer.schema.CoverageDocument;
import dev.longwatch.indexer.schema.EventDocument;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.schema.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TimelineTest {

    @RegisterExtension
    static final TestElasticsearch SERVER = new TestElasticsearch();

    /** The beginning of a month: what lies before it is in another index. */
    private static final long MIDNIGHT = 1_793_491_200_000L;

    private static Elasticsearch elasticsearch;
    private static IndexNames names;
    private static Timeline timeline;

    @BeforeAll
    static void store() throws IOException {
        elasticsearch = Elasticsearch.open(SERVER.address());
        names = new IndexNames(SERVER.prefix() + "-timeline");
        new Schema(elasticsearch, names, 0).install();
        timeline = new Timeline(elasticsearch, names);
        List<VideoEvent> events = new ArrayList<>(List.of(
                event("yard", "car", -1_500),
                event("yard", "car", 0),
                event("yard", "car", 999),
                event("yard", "dog", 999),
                event("yard", "car", 1_000),
                event("yard", "car", 2_999),
                event("yard", "car", 3_500),
                event("gate", "car", 500)));
        for (int rule = 0; rule < Timeline.MOST_RULES + 5; rule++) {
            events.add(event("busy", "rule " + rule, 10L * rule));
            if (rule < Timeline.MOST_RULES) {
                events.add(event("busy", "rule " + rule, 3_000));
            }
        }
        List<CoverageSpan> coverage = List.of(
                span("yard", -2_000, 600, State.ANALYSED),
                span("yard", 400, 1_200, State.ANALYSED),
                span("yard", 1_200, 1_500, State.GAP),
                span("yard", 1_500, 1_700, State.SKIPPED),
                span("gate", 0, 4_000, State.GAP));
        elasticsearch.client().bulk(bulk -> {
            events.forEach(event -> bulk.operations(operation -> operation.index(
                    index -> index.index(names.ofEvent(event)).id(event.id()).document(EventDocument.of(event)))));
            coverage.forEach(entry -> bulk.operations(operation -> operation.index(index ->
                    index.index(names.ofCoverage(entry)).id(entry.id()).document(CoverageDocument.of(entry)))));
            return bulk;
        });
        elasticsearch.client().indices().refresh();
    }

    @AfterAll
    static void close() {
        elasticsearch.close();
    }

    @Test
    void eventsCountWhereTheyBeginAndCoverageAddsUpToTheBucket() {
        Timeline.Zoom zoom = timeline.of("yard", MIDNIGHT, MIDNIGHT + 3_500, 1_000);

        assertThat(zoom.buckets())
                .extracting(bucket -> bucket.fromMillis() - MIDNIGHT)
                .containsExactly(0L, 1_000L, 2_000L, 3_000L);
        assertThat(zoom.buckets()).extracting(Timeline.Bucket::toMillis).endsWith(MIDNIGHT + 3_500);
        assertThat(zoom.buckets())
                .extracting(Timeline.Bucket::events)
                .containsExactly(Map.of("car", 2L, "dog", 1L), Map.of("car", 1L), Map.of("car", 1L), Map.of());
        assertThat(zoom.totals()).containsExactly(Map.entry("car", 4L), Map.entry("dog", 1L));
        assertThat(zoom.buckets().get(1).coverageMillis())
                .containsOnly(
                        Map.entry(State.ANALYSED, 200L),
                        Map.entry(State.GAP, 300L),
                        Map.entry(State.SKIPPED, 200L),
                        Map.entry(State.RECORDED, 0L),
                        Map.entry(State.DELETED, 0L));
        assertThat(zoom.buckets()).extracting(Timeline.Bucket::unknownMillis).containsExactly(0L, 300L, 1_000L, 500L);
    }

    @Test
    void bucketsBeginWhereTheStretchDoesAtAnyZoom() {
        for (long width : new long[] {7, 700, 1_234, 86_400_000}) {
            long from = MIDNIGHT - 1_777;
            Timeline.Zoom zoom = timeline.of("yard", from, MIDNIGHT + 4_000, width);

            assertThat(zoom.buckets().get(0).fromMillis()).isEqualTo(from);
            assertThat(zoom.buckets().stream()
                            .mapToLong(bucket -> bucket.events().getOrDefault("car", 0L))
                            .sum())
                    .as("width %s", width)
                    .isEqualTo(6);
            assertThat(zoom.buckets()).allSatisfy(bucket -> assertThat(bucket.unknownMillis()
                            + bucket.coverageMillis().values().stream()
                                    .mapToLong(Long::longValue)
                                    .sum())
                    .isEqualTo(bucket.toMillis() - bucket.fromMillis()));
        }
    }

    @Test
    void rulesBeyondTheMostAreCountedTogether() {
        Timeline.Zoom zoom = timeline.of("busy", MIDNIGHT, MIDNIGHT + 10_000, 10_000);

        assertThat(zoom.totals()).hasSize(Timeline.MOST_RULES);
        assertThat(zoom.totals().values()).containsOnly(2L);
        assertThat(zoom.otherEvents()).isEqualTo(5);
    }

    @Test
    void ofAStreamThatNobodyKnowsNothingIsKnown() {
        Timeline.Zoom zoom = timeline.of("nowhere", MIDNIGHT, MIDNIGHT + 2_000, 1_000);

        assertThat(zoom.totals()).isEmpty();
        assertThat(zoom.buckets()).extracting(Timeline.Bucket::unknownMillis).containsExactly(1_000L, 1_000L);
        IndexNames empty = new IndexNames(SERVER.prefix() + "-never");
        assertThat(new Timeline(elasticsearch, empty).of("yard", 0, 1, 1).totals())
                .isEmpty();
    }

    @Test
    void aZoomThatCannotBeDrawnIsRefused() {
        assertRefused(0, 0, 1, "expected a stretch that ends after it begins");
        assertRefused(0, 1_000, 0, "buckets of at least a millisecond");
        assertRefused(0, 2_001, 1, "expected at most 2000 buckets, found 2001: ask for wider ones");
    }

    private static void assertRefused(long from, long to, long width, String message) {
        assertThatExceptionOfType(IndexException.class)
                .isThrownBy(() -> timeline.of("yard", from, to, width))
                .withMessageContaining(message)
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.BAD_REQUEST));
    }

    private static VideoEvent event(String stream, String rule, long millis) {
        return new VideoEvent(
                stream + rule + millis,
                1,
                stream,
                stream + ".mp4",
                rule,
                rule,
                new TimeSpan(10_000 + millis, 12_000 + millis),
                MIDNIGHT - 10_000,
                0.9,
                VideoEvent.State.CLOSED,
                "nano-0",
                2,
                "");
    }

    private static CoverageSpan span(String stream, long from, long to, State state) {
        return new CoverageSpan(stream, MIDNIGHT + from, MIDNIGHT + to, state, "", 0);
    }
}
