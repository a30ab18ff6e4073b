// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.clip;

/**
 * Consecutive clips of a video.
 *
 * @param first ordinal
 * @param last ordinal, not before the first
 * @param untilEnd whether the video ends with this range: if it turns out longer than it said, clips follow the last
 */
public record ClipRange(long first, long last, boolean untilEnd) {

    public ClipRange {
        if (first < 0 || last < first) {
            throw new IllegalArgumentException("expected 0 <= first <= last, found clips " + first + " to " + last);
        }
    }

    /** Whether a clip lies beyond. */
    boolean isBefore(long ordinal) {
        return !untilEnd && ordinal > last;
    }
}
