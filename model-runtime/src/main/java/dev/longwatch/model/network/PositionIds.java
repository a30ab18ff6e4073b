// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.network;

import java.util.List;

/**
 * Where each token of a prompt stands on the three axes of MRoPE (spec section 3.3, CANON).
 *
 * <p>Text counts on, equal on all axes. The tokens of an image or video span a box that begins where the text stopped;
 * the text after it begins one beyond the farthest corner, time included. Published releases of the reference differ
 * from each other here (spec section 0.1); this is what the model was trained with.
 */
public final class PositionIds {

    private static final int TIME = 0;
    private static final int ROW = 1;
    private static final int COLUMN = 2;

    private final int[][] ids;
    private int filled;
    private int next;

    private PositionIds(int tokens) {
        ids = new int[3][tokens];
    }

    /**
     * @param tokenIds a whole prompt, its pads expanded, without padding to a batch
     * @param imagePad the id of {@code <|image_pad|>}
     * @param videoPad the id of {@code <|video_pad|>}
     * @param mergeSize {@code spatial_merge_size}
     * @param blocks the images and videos in the order of their pads
     */
    public static PositionIds of(int[] tokenIds, int imagePad, int videoPad, int mergeSize, List<VisualBlock> blocks) {
        PositionIds positions = new PositionIds(tokenIds.length);
        int used = 0;
        while (positions.filled < tokenIds.length) {
            int token = tokenIds[positions.filled];
            if (token != imagePad && token != videoPad) {
                positions.addText();
                continue;
            }
            if (used == blocks.size()) {
                throw new IllegalArgumentException("token " + positions.filled + " is a visual pad, but the prompt's "
                        + blocks.size() + " images and videos are used up");
            }
            VisualBlock block = blocks.get(used++);
            int pad = block.isVideo() ? videoPad : imagePad;
            positions.checkPads(tokenIds, pad, block.grid().tokens(mergeSize));
            positions.addBlock(block, mergeSize);
        }
        if (used < blocks.size()) {
            throw new IllegalArgumentException(
                    "expected pads for " + blocks.size() + " images and videos, found " + used);
        }
        return positions;
    }

    private void addText() {
        for (int axis = TIME; axis <= COLUMN; axis++) {
            ids[axis][filled] = next;
        }
        filled++;
        next++;
    }

    private void checkPads(int[] tokenIds, int pad, int expected) {
        int found = 0;
        while (found < expected && filled + found < tokenIds.length && tokenIds[filled + found] == pad) {
            found++;
        }
        if (found < expected) {
            throw new IllegalArgumentException(
                    "expected " + expected + " pads " + pad + " from token " + filled + " on, found " + found);
        }
    }

    private void addBlock(VisualBlock block, int mergeSize) {
        int rows = block.grid().mergedRows(mergeSize);
        int columns = block.grid().mergedColumns(mergeSize);
        int base = next;
        for (int temporal = 0; temporal < block.grid().t(); temporal++) {
            for (int unit = 0; unit < rows * columns; unit++) {
                ids[TIME][filled] = base + block.timeId(temporal);
                ids[ROW][filled] = base + unit / columns;
                ids[COLUMN][filled] = base + unit % columns;
                filled++;
            }
            next = Math.max(next, base + block.timeId(temporal) + 1);
        }
        next = Math.max(next, base + Math.max(rows, columns));
    }

    /** Time, row and column id of each token: {@code int[3][tokens]}. */
    public int[][] ids() {
        return new int[][] {ids[TIME].clone(), ids[ROW].clone(), ids[COLUMN].clone()};
    }

    /** The position of the first token after the prompt, on all axes: one beyond the farthest. */
    public int next() {
        return next;
    }

    /**
     * What to add to the number of tokens before a generated one to get its position on all axes. Usually negative: a
     * block of pads is longer than its longest side.
     */
    public int ropeDelta() {
        return next - filled;
    }
}
