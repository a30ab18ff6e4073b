// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.event;

/**
 * A stretch of a video, on the video's own clock: zero is its first picture. Not a stretch of a clip.
 *
 * @param startMillis first millisecond
 * @param endMillis end, not before the start
 */
public record TimeSpan(long startMillis, long endMillis) {

    public TimeSpan {
        if (startMillis < 0 || endMillis < startMillis) {
            throw new IllegalArgumentException(
                    "expected 0 <= start <= end, found " + startMillis + " ms to " + endMillis + " ms");
        }
    }

    public long millis() {
        return endMillis - startMillis;
    }

    /** Whether less than {@code gapMillis} lie between the two; overlapping spans always touch. */
    public boolean touches(TimeSpan other, long gapMillis) {
        return startMillis <= other.endMillis + gapMillis && other.startMillis <= endMillis + gapMillis;
    }

    /** The smallest span that holds both. */
    public TimeSpan union(TimeSpan other) {
        return new TimeSpan(Math.min(startMillis, other.startMillis), Math.max(endMillis, other.endMillis));
    }
}
