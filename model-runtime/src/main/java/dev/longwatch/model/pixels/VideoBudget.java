// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.pixels;

/**
 * How many pixels the pictures of a video may have, given how many pictures there are: the rule of qwen-vl-utils (spec
 * section 4.5, {@code fetch_video}), by which published results were made.
 *
 * @param minPixels smallest area of one picture; the reference's {@code VIDEO_MIN_PIXELS} is 128 * 28 * 28
 * @param totalPixels largest area of all pictures of a pair-wise reading together: each pair of frames becomes one temporal
 *     patch, so {@code totalPixels / (factor * factor)} is the most visual tokens of the video
 */
public record VideoBudget(long minPixels, long totalPixels) {

    /** Frames in a temporal patch. */
    private static final int FRAME_FACTOR = 2;

    /** {@code VIDEO_MAX_PIXELS} of the reference, in squares of the factor: one picture is never larger. */
    private static final long MOST_SQUARES = 768;

    /** A picture may be this much larger than the smallest, however many there are. */
    private static final double SLACK = 1.05;

    public VideoBudget {
        if (minPixels < 1 || totalPixels < minPixels) {
            throw new IllegalArgumentException(
                    "expected 1 <= pixels of a picture <= pixels of all, found " + minPixels + " and " + totalPixels);
        }
    }

    /**
     * The rule by which each picture is fitted.
     *
     * @param factor pixels, {@code patch_size * merge_size}
     * @param frames in the video, at least 1
     */
    public SmartResize resize(int factor, int frames) {
        if (frames < 1) {
            throw new IllegalArgumentException("expected at least one frame, found " + frames);
        }
        double share = (double) totalPixels / frames * FRAME_FACTOR;
        double most = Math.max(Math.min(MOST_SQUARES * factor * factor, share), (long) (minPixels * SLACK));
        return new SmartResize(factor, minPixels, (long) most);
    }
}
