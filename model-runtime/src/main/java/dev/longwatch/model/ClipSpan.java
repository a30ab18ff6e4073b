// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model;

/**
 * A stretch of a clip. Not a stretch of the video: {@code flink-jobs} translates.
 *
 * @param start seconds from the clip's start
 * @param end seconds from the clip's start, not before {@code start}
 */
public record ClipSpan(double start, double end) {

    public ClipSpan {
        if (!(start >= 0) || !(end >= start) || Double.isInfinite(end)) {
            throw new IllegalArgumentException("expected 0 <= start <= end, found " + start + " to " + end);
        }
    }
}
