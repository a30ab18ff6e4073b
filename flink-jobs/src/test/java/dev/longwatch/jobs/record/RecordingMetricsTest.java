// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longwatch.jobs.KeptMetrics;
import org.junit.jupiter.api.Test;

class RecordingMetricsTest {

    @Test
    void whatIsRecordedAndWhatIsMissingAddUpByStream() {
        KeptMetrics kept = new KeptMetrics();
        RecordingMetrics metrics = new RecordingMetrics(kept);

        metrics.told(segment("yard", 0, 2_000, 500));
        metrics.told(new Gap("yard", 1, 2_000, 5_000, Condition.DISCONNECTED));
        metrics.told(segment("yard", 5_000, 6_000, 250));
        metrics.told(segment("gate", 0, 1_000, 9));

        assertThat(kept.count("record.stream.yard.recordedMillis")).isEqualTo(3_000);
        assertThat(kept.count("record.stream.yard.gapMillis")).isEqualTo(3_000);
        assertThat(kept.count("record.stream.yard.bytes")).isEqualTo(750);
        assertThat(kept.count("record.stream.gate.recordedMillis")).isEqualTo(1_000);
        assertThat(kept.count("record.stream.gate.gapMillis")).isZero();
    }

    private static Segment segment(String stream, long startMillis, long endMillis, long bytes) {
        long micros = (endMillis - startMillis) * 1_000;
        return new Segment(
                stream,
                1,
                1,
                "a.mp4",
                startMillis,
                endMillis,
                0,
                micros,
                micros,
                0,
                ClockSource.ARRIVAL,
                bytes,
                25,
                1,
                "h264",
                64,
                64,
                false,
                false);
    }
}
