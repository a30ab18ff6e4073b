// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.cover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longwatch.indexer.coverage.CoverageSpan;
import dev.longwatch.indexer.coverage.CoverageSpan.State;
import dev.longwatch.jobs.record.ClockSource;
import dev.longwatch.jobs.record.Condition;
import dev.longwatch.jobs.record.Gap;
import dev.longwatch.jobs.record.Segment;
import dev.longwatch.jobs.record.StreamUpdate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.api.Test;

class CoverRecordingTest {

    /** Ten seconds before an hour is full. */
    private static final long T = 1_800_000_000_000L - 10_000;

    private static final String AWAY = "the other side hung up, or the connection broke";
    private static final String BLACK = "the picture is black";

    @Test
    void whatFollowsIsOneEntryThatGrowsAndAnHourBeginsAnew() throws Exception {
        List<CoverageSpan> said = said(
                segment("yard", 0, 2_000, false),
                segment("yard", 2_000, 4_000, false),
                segment("gate", 500, 2_500, false),
                gap("yard", 4_000, 5_000),
                gap("yard", 5_000, 7_000),
                segment("yard", 7_000, 9_000, false),
                segment("yard", 9_000, 11_000, false),
                segment("yard", 11_000, 13_000, false),
                segment("yard", 13_000, 15_000, true));

        assertThat(said)
                .containsExactly(
                        span("yard", 0, 2_000, State.RECORDED, ""),
                        span("yard", 0, 4_000, State.RECORDED, ""),
                        span("gate", 500, 2_500, State.RECORDED, ""),
                        span("yard", 4_000, 5_000, State.GAP, AWAY),
                        span("yard", 4_000, 7_000, State.GAP, AWAY),
                        span("yard", 7_000, 9_000, State.RECORDED, ""),
                        span("yard", 7_000, 11_000, State.RECORDED, ""),
                        span("yard", 11_000, 13_000, State.RECORDED, ""),
                        span("yard", 13_000, 15_000, State.RECORDED, BLACK));
        Map<String, CoverageSpan> kept =
                said.stream().collect(Collectors.toMap(CoverageSpan::id, span -> span, (before, now) -> now));
        assertThat(kept.values().stream().mapToLong(CoverageSpan::millis).sum()).isEqualTo(15_000 + 2_000);
    }

    @Test
    void afterABreakAnEntryBeginsAnewEvenIfItSaysTheSame() throws Exception {
        assertThat(said(segment("yard", 0, 2_000, false), segment("yard", 2_400, 4_000, false)))
                .containsExactly(
                        span("yard", 0, 2_000, State.RECORDED, ""), span("yard", 2_400, 4_000, State.RECORDED, ""));
    }

    @Test
    void whatTravelsAndIsKeptNeedsNoKryo() {
        PojoTestUtils.assertSerializedAsPojoWithoutKryo(CoverageSpan.class);
    }

    private static List<CoverageSpan> said(StreamUpdate... updates) throws Exception {
        try (KeyedOneInputStreamOperatorTestHarness<String, StreamUpdate, CoverageSpan> harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new KeyedProcessOperator<>(new CoverRecording()), CoverRecording::key, Types.STRING)) {
            harness.open();
            for (StreamUpdate update : updates) {
                harness.processElement(update, 0);
            }
            return harness.extractOutputValues();
        }
    }

    private static CoverageSpan span(String stream, long from, long to, State state, String why) {
        return new CoverageSpan(stream, T + from, T + to, state, why, 0);
    }

    private static StreamUpdate gap(String stream, long from, long to) {
        return new StreamUpdate(null, new Gap(stream, 1, T + from, T + to, Condition.DISCONNECTED), null);
    }

    private static StreamUpdate segment(String stream, long from, long to, boolean black) {
        Segment segment = new Segment(
                stream,
                1,
                1,
                "1.mp4",
                T + from,
                T + to,
                0,
                0,
                0,
                0,
                ClockSource.ARRIVAL,
                1,
                1,
                1,
                "h264",
                320,
                180,
                false,
                black);
        return new StreamUpdate(segment, null, null);
    }
}
