// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.clip;

/**
 * Consecutive clips of a video.
 *
 * @param first ordinal
 * @param last ordinal, not before the first
 * @param untilEnd whether the video ends with this range: if it turns out longer than it said, clips follow the last
 * @param endsWatch whether nothing of the video is watched after this range
 */
public record ClipRange(long first, long last, boolean untilEnd, boolean endsWatch) {

    /** A range behind which the watch goes on as long as the video does. */
    public ClipRange(long first, long last, boolean untilEnd) {
        this(first, last, untilEnd, untilEnd);
    }

    public ClipRange {
        if (first < 0 || last < first) {
            throw new IllegalArgumentException("expected 0 <= first <= last, found clips " + first + " to " + last);
        }
        if (untilEnd && !endsWatch) {
            throw new IllegalArgumentException("nothing can be watched after the end of a video");
        }
    }

    /** Whether a clip lies beyond. */
    boolean isBefore(long ordinal) {
        return !untilEnd && ordinal > last;
    }

    /** Whether the watch ends with a clip behind which the video goes on. */
    boolean stopsAt(long ordinal) {
        return endsWatch && !untilEnd && ordinal == last;
    }
}
