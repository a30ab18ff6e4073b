// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * What is recorded, in Flink's metrics, of each stream: {@code stream.NAME.recordedMillis}, {@code gapMillis} and {@code
 * bytes}.
 */
final class RecordingMetrics {

    private final MetricGroup group;
    private final Map<String, OfStream> streams = new HashMap<>();

    private record OfStream(Counter recordedMillis, Counter gapMillis, Counter bytes) {}

    /** @param reader the reader's own group */
    RecordingMetrics(MetricGroup reader) {
        group = reader.addGroup("record");
    }

    void told(IndexEntry entry) {
        OfStream stream = streams.computeIfAbsent(entry.stream(), this::register);
        long millis = entry.endMillis() - entry.startMillis();
        if (entry instanceof Segment segment) {
            stream.recordedMillis().inc(millis);
            stream.bytes().inc(segment.bytes());
        } else {
            stream.gapMillis().inc(millis);
        }
    }

    private OfStream register(String name) {
        MetricGroup stream = group.addGroup("stream", name);
        return new OfStream(stream.counter("recordedMillis"), stream.counter("gapMillis"), stream.counter("bytes"));
    }
}
