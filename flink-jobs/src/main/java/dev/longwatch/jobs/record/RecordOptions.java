// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

import java.io.Serializable;
import java.time.Duration;

/**
 * How streams are recorded.
 *
 * @param root of all recordings: a path, or a URI of one of Flink's file systems
 * @param segment how long a segment is at least; it ends with the next key picture
 * @param keep how long segments are kept
 * @param keepBytes how much the segments of one stream may hold together
 * @param frozenAfter how long a picture must not change to be called frozen
 * @param silence how long nothing may come before a stream is given up; zero for what fits its protocol
 */
public record RecordOptions(
        String root, Duration segment, Duration keep, long keepBytes, Duration frozenAfter, Duration silence)
        implements Serializable {

    private static final Duration SEGMENT = Duration.ofSeconds(4);
    private static final Duration KEEP = Duration.ofDays(7);
    private static final Duration FROZEN_AFTER = Duration.ofSeconds(30);

    public RecordOptions {
        if (segment.compareTo(Duration.ofMillis(500)) < 0 || segment.compareTo(Duration.ofMinutes(5)) > 0) {
            throw new IllegalArgumentException("expected segments of 0.5 s to 5 min, found " + segment);
        }
        if (keep.isNegative() || keep.isZero() || keepBytes < 1) {
            throw new IllegalArgumentException(
                    "expected to keep something, found " + keep + " and " + keepBytes + " bytes");
        }
    }

    /** Segments of 4 s, kept for a week whatever their size. */
    public static RecordOptions in(String root) {
        return new RecordOptions(root, SEGMENT, KEEP, Long.MAX_VALUE, FROZEN_AFTER, Duration.ZERO);
    }

    public RecordOptions withSegment(Duration segment) {
        return new RecordOptions(root, segment, keep, keepBytes, frozenAfter, silence);
    }

    public RecordOptions withRetention(Duration keep, long keepBytes) {
        return new RecordOptions(root, segment, keep, keepBytes, frozenAfter, silence);
    }

    public RecordOptions withSilence(Duration silence) {
        return new RecordOptions(root, segment, keep, keepBytes, frozenAfter, silence);
    }
}
