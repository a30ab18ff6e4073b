// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.clip;

import java.io.Serializable;

/**
 * Where the clips of a video begin and end: clip {@code n} starts at {@code n} strides from the video's first picture. Clips
 * longer than the stride overlap, so that what happens on a border is seen whole by one of them.
 *
 * <p>A video gets another clip only when that clip brings at least {@value #LEAST_NEW_MILLIS} ms that the one before does
 * not hold; a shorter remainder belongs to the last clip.
 *
 * @param lengthMillis of a clip
 * @param strideMillis from the start of a clip to the start of the next, not longer than a clip
 */
public record ClipGrid(long lengthMillis, long strideMillis) implements Serializable {

    /** 16 s every 14 s: 2 s are seen twice. */
    public static final ClipGrid DEFAULT = new ClipGrid(16_000, 14_000);

    static final long LEAST_NEW_MILLIS = 500;

    public ClipGrid {
        if (strideMillis < LEAST_NEW_MILLIS || lengthMillis < strideMillis) {
            throw new IllegalArgumentException(
                    "expected " + LEAST_NEW_MILLIS + " ms <= stride <= clip, found a stride of " + strideMillis
                            + " ms and a clip of " + lengthMillis + " ms");
        }
    }

    /** How much of a clip is seen again by the next one. */
    public long overlapMillis() {
        return lengthMillis - strideMillis;
    }

    public long startMillis(long ordinal) {
        return ordinal * strideMillis;
    }

    /** Where a clip ends unless the video ends with it. */
    public long endMillis(long ordinal) {
        return startMillis(ordinal) + lengthMillis;
    }

    /** Whether a video of this length goes on after a clip. */
    public boolean goesOnAfter(long ordinal, long videoMillis) {
        return videoMillis >= endMillis(ordinal) + LEAST_NEW_MILLIS;
    }

    /** How many clips a video has; never none. */
    public long clips(long videoMillis) {
        if (!goesOnAfter(0, videoMillis)) {
            return 1;
        }
        return 2 + (videoMillis - LEAST_NEW_MILLIS - endMillis(0)) / strideMillis;
    }

    /** The first clip that holds an instant, were the video endless. */
    public long firstOf(long millis) {
        return millis < lengthMillis ? 0 : (millis - lengthMillis) / strideMillis + 1;
    }

    /** The last clip that holds an instant, were the video endless. */
    public long lastOf(long millis) {
        return millis / strideMillis;
    }
}
