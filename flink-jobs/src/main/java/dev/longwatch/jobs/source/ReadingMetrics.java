// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.source;

import dev.longwatch.jobs.decode.DecodedFrame;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/**
 * What a reader tells whoever runs it, in Flink's metrics, on the thread that reads: {@code picturesDecoded}, {@code
 * picturesLost}, and for each stream that goes on {@code stream.NAME.lagMillis}, from the end of what its clips hold to the
 * end of what is recorded; no number while it is not watched here.
 */
final class ReadingMetrics {

    /** Of what nobody looks at. */
    static final ReadingMetrics UNSEEN = new ReadingMetrics(new UnregisteredMetricsGroup());

    private final MetricGroup group;
    private final Counter decoded;
    private final Counter lost;
    private final Map<String, Lag> lags = new HashMap<>();

    /** Is read by the thread that reports. */
    private static final class Lag {
        private volatile double millis = Double.NaN;
    }

    /** @param reader the reader's own group */
    ReadingMetrics(MetricGroup reader) {
        group = reader.addGroup("source");
        decoded = group.counter("picturesDecoded");
        lost = group.counter("picturesLost");
    }

    void picture(DecodedFrame frame) {
        if (frame.isLost()) {
            lost.inc();
        } else {
            decoded.inc();
        }
    }

    void lag(String stream, long millis) {
        of(stream).millis = millis;
    }

    /** The stream is watched here no more. */
    void left(String stream) {
        of(stream).millis = Double.NaN;
    }

    /** A stream that comes back finds its gauge: Flink takes none away before the reader ends. */
    private Lag of(String stream) {
        return lags.computeIfAbsent(stream, name -> {
            Lag lag = new Lag();
            group.addGroup("stream", name).gauge("lagMillis", () -> lag.millis);
            return lag;
        });
    }
}
