// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.pixels;

import java.util.List;

/**
 * Where each patch lies in its picture, in the order in which patches reach the vision tower (spec section 2.2).
 *
 * <p>Grids one after the other, temporal patches outermost, then merge units row by row, then the patches inside a unit
 * row by row: with a merge size of 2 every four consecutive patches are one square. The ids turn the patch in the 2D
 * RoPE (spec section 2.3) and are the same for every temporal patch.
 */
public final class PatchOrder {

    private final int[] rows;
    private final int[] columns;

    private PatchOrder(int patches) {
        rows = new int[patches];
        columns = new int[patches];
    }

    /** The places of all patches of all grids. */
    public static PatchOrder of(List<PatchGrid> grids, int mergeSize) {
        PatchOrder order = new PatchOrder(
                Math.toIntExact(grids.stream().mapToLong(PatchGrid::patches).sum()));
        int next = 0;
        for (PatchGrid grid : grids) {
            for (int temporal = 0; temporal < grid.t(); temporal++) {
                next = order.addFrame(grid, mergeSize, next);
            }
        }
        return order;
    }

    private int addFrame(PatchGrid grid, int mergeSize, int start) {
        int next = start;
        for (int unitRow = 0; unitRow < grid.mergedRows(mergeSize); unitRow++) {
            for (int unitColumn = 0; unitColumn < grid.mergedColumns(mergeSize); unitColumn++) {
                for (int inside = 0; inside < mergeSize * mergeSize; inside++) {
                    rows[next] = unitRow * mergeSize + inside / mergeSize;
                    columns[next] = unitColumn * mergeSize + inside % mergeSize;
                    next++;
                }
            }
        }
        return next;
    }

    /** The row of each patch in its picture, in patches. */
    public int[] rows() {
        return rows.clone();
    }

    /** The column of each patch in its picture, in patches. */
    public int[] columns() {
        return columns.clone();
    }
}
