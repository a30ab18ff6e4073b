// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.pixels;

import dev.longwatch.model.VideoModel.PictureSize;

/**
 * The size a picture is scaled to before it is cut into patches: both sides multiples of a factor, the area within
 * limits, the aspect ratio kept as well as that allows (spec section 4.1, the variant of the HF image processor).
 *
 * <p>Halves are rounded to even and everything is computed in float64, in the reference's order: other orders differ at
 * exact multiples.
 *
 * @param factor pixels, {@code patch_size * merge_size}
 * @param minPixels smallest area
 * @param maxPixels largest area
 */
public record SmartResize(int factor, long minPixels, long maxPixels) {

    /** Longest side over shortest side beyond which the reference refuses a picture. */
    private static final int MAX_ASPECT = 200;

    public SmartResize {
        if (factor < 1 || minPixels < 0 || maxPixels < minPixels) {
            throw new IllegalArgumentException("expected a factor of at least 1 and an area of min to max pixels, found"
                    + " factor " + factor + ", " + minPixels + " to " + maxPixels);
        }
    }

    /** The fitted size of a picture of this width and height in pixels. */
    public PictureSize fit(int width, int height) {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("a picture has pixels, found " + width + "x" + height);
        }
        if ((double) Math.max(width, height) / Math.min(width, height) > MAX_ASPECT) {
            throw new IllegalArgumentException("picture of " + width + "x" + height
                    + ": expected the longer side to be at most " + MAX_ASPECT + " times the shorter");
        }
        double fittedHeight = Math.rint((double) height / factor) * factor;
        double fittedWidth = Math.rint((double) width / factor) * factor;
        if (fittedHeight * fittedWidth > maxPixels) {
            double shrink = Math.sqrt((double) height * width / maxPixels);
            fittedHeight = Math.max(factor, Math.floor(height / shrink / factor) * factor);
            fittedWidth = Math.max(factor, Math.floor(width / shrink / factor) * factor);
        } else if (fittedHeight * fittedWidth < minPixels) {
            double grow = Math.sqrt((double) minPixels / ((double) height * width));
            fittedHeight = Math.ceil(height * grow / factor) * factor;
            fittedWidth = Math.ceil(width * grow / factor) * factor;
        }
        if (fittedHeight < factor || fittedWidth < factor) {
            throw new IllegalArgumentException("picture of " + width + "x" + height
                    + ": too small for patches with a factor of " + factor + " pixels");
        }
        return new PictureSize((int) fittedWidth, (int) fittedHeight);
    }
}
