// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.network;

import dev.longwatch.model.pixels.PatchGrid;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The order in which the vision tower sees merge units, and which of them attend to each other (spec sections 2.4, 2.5).
 *
 * <p>Each temporal patch of each grid is tiled with square windows from its top left corner, row by row; the units of a
 * window stand together, row by row. Windows at the right and lower edge are smaller. A window never crosses a temporal
 * patch, so the segments of full attention are the same in window order as in patch order. An error here is silent:
 * attention over the wrong neighbours gives finite, plausible numbers.
 */
public final class WindowOrder {

    private final int[] units;
    private final int[] windowLengths;
    private final int[] fullLengths;

    private WindowOrder(int[] units, int[] windowLengths, int[] fullLengths) {
        this.units = units;
        this.windowLengths = windowLengths;
        this.fullLengths = fullLengths;
    }

    /**
     * @param grids the images and videos of one call, in their order
     * @param mergeSize side of a merge unit in patches: {@code spatial_merge_size}
     * @param windowUnits side of a window in merge units, see {@link #windowUnits}
     */
    public static WindowOrder of(List<PatchGrid> grids, int mergeSize, int windowUnits) {
        if (windowUnits < 1) {
            throw new IllegalArgumentException("a window holds at least one merge unit, found " + windowUnits);
        }
        IntStream.Builder units = IntStream.builder();
        IntStream.Builder windows = IntStream.builder();
        IntStream.Builder frames = IntStream.builder();
        int offset = 0;
        for (PatchGrid grid : grids) {
            int rows = grid.mergedRows(mergeSize);
            int columns = grid.mergedColumns(mergeSize);
            for (int temporal = 0; temporal < grid.t(); temporal++) {
                for (int top = 0; top < rows; top += windowUnits) {
                    for (int left = 0; left < columns; left += windowUnits) {
                        int bottom = Math.min(top + windowUnits, rows);
                        int right = Math.min(left + windowUnits, columns);
                        for (int row = top; row < bottom; row++) {
                            for (int column = left; column < right; column++) {
                                units.add(offset + row * columns + column);
                            }
                        }
                        windows.add((bottom - top) * (right - left) * mergeSize * mergeSize);
                    }
                }
                frames.add(grid.frame());
                offset = Math.addExact(offset, rows * columns);
            }
        }
        return new WindowOrder(
                units.build().toArray(),
                windows.build().toArray(),
                frames.build().toArray());
    }

    /** The side of a window in merge units; all three arguments as in {@code vision_config}. */
    public static int windowUnits(int windowSize, int spatialMergeSize, int patchSize) {
        return windowSize / spatialMergeSize / patchSize;
    }

    /** {@code window_index}: at each place of the window order, the merge unit that stands there in patch order. */
    public int[] units() {
        return units.clone();
    }

    /** For each merge unit in patch order, its place in the window order: undoes {@link #units} after the merger. */
    public int[] inverse() {
        int[] places = new int[units.length];
        for (int place = 0; place < units.length; place++) {
            places[units[place]] = place;
        }
        return places;
    }

    /** Patches in each window, in window order: the segments of a windowed block. */
    public int[] windowLengths() {
        return windowLengths.clone();
    }

    /** Patches in each temporal patch: the segments of a block with full attention. */
    public int[] fullLengths() {
        return fullLengths.clone();
    }

    /** Where segments begin and end, from 0: {@code cu_seqlens}, one longer than {@code lengths}. */
    public static int[] cumulative(int[] lengths) {
        int[] ends = new int[lengths.length + 1];
        System.arraycopy(lengths, 0, ends, 1, lengths.length);
        Arrays.parallelPrefix(ends, Integer::sum);
        return ends;
    }
}
