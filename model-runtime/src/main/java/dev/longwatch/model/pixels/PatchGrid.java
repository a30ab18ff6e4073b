// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.pixels;

/**
 * An image or a video as a grid of patches before merging: one row of {@code grid_thw} (spec section 2).
 *
 * @param t temporal patches, each of {@code temporal_patch_size} frames; 1 for an image
 * @param h rows of patches in one temporal patch
 * @param w columns of patches in one temporal patch
 */
public record PatchGrid(int t, int h, int w) {

    public PatchGrid {
        if (t < 1 || h < 1 || w < 1) {
            throw new IllegalArgumentException(
                    "a patch grid has at least one patch in each direction, found " + t + "x" + h + "x" + w);
        }
    }

    /** Patches in one temporal patch. */
    public int frame() {
        return Math.multiplyExact(h, w);
    }

    /** Patches in all. */
    public int patches() {
        return Math.multiplyExact(t, frame());
    }

    /** Visual tokens in all: one for each square of {@code mergeSize * mergeSize} patches. */
    public int tokens(int mergeSize) {
        return Math.multiplyExact(t, mergedRows(mergeSize) * mergedColumns(mergeSize));
    }

    /** Rows of merge units. */
    public int mergedRows(int mergeSize) {
        return divided(h, mergeSize, "rows");
    }

    /** Columns of merge units. */
    public int mergedColumns(int mergeSize) {
        return divided(w, mergeSize, "columns");
    }

    private int divided(int patches, int mergeSize, String direction) {
        if (patches % mergeSize != 0) {
            throw new IllegalArgumentException("grid " + t + "x" + h + "x" + w + ": expected " + direction
                    + " in multiples of the merge size " + mergeSize + ", found " + patches);
        }
        return patches / mergeSize;
    }
}
