// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.pixels;

import dev.longwatch.model.Frame;
import java.util.List;

/**
 * Cuts frames into the rows of {@code pixel_values} (spec sections 4.2, 4.4).
 *
 * <p>Rows stand in {@link PatchOrder}; within a row the values run by channel, frame of the temporal patch, y and x,
 * which is the memory order of the patch embedding's weight. A temporal patch depends on its own frames only, so rows
 * of a clip are the rows of its pairs of frames, one after the other.
 */
public final class Patches {

    private static final int CHANNELS = 3;

    private final PreprocessorConfig config;
    private final float[][] normalised; // (channel, byte) -> value

    public Patches(PreprocessorConfig config) {
        this.config = config;
        this.normalised = new float[CHANNELS][256];
        for (int channel = 0; channel < CHANNELS; channel++) {
            float mean = config.imageMean().get(channel).floatValue();
            float std = config.imageStd().get(channel).floatValue();
            for (int level = 0; level < 256; level++) {
                // scaled in float64, then float32: the order of the reference's slow processor
                normalised[channel][level] = ((float) (level * (1.0 / 255)) - mean) / std;
            }
        }
    }

    /** Values in a row: {@code 3 * temporal_patch_size * patch_size * patch_size}. */
    public int rowLength() {
        return CHANNELS * config.temporalPatchSize() * config.patchSize() * config.patchSize();
    }

    /** The grid of so many frames of one size; the sides are multiples of {@code patch_size * merge_size}. */
    public PatchGrid grid(int frames, int width, int height) {
        int side = config.patchSize() * config.mergeSize();
        if (width % side != 0 || height % side != 0) {
            throw new IllegalArgumentException(
                    "picture of " + width + "x" + height + ": expected sides in multiples of " + side);
        }
        int temporal = (frames + config.temporalPatchSize() - 1) / config.temporalPatchSize();
        return new PatchGrid(temporal, height / config.patchSize(), width / config.patchSize());
    }

    /**
     * The rows of all patches, {@code (t·h·w, rowLength)}. When the last temporal patch is not full, the last frame is
     * repeated; a single frame so becomes an image.
     *
     * @param frames at least one, all of one fitted size
     */
    public float[] rows(List<Frame> frames) {
        Frame first = frames.get(0);
        PatchGrid grid = grid(frames.size(), first.width(), first.height());
        PatchOrder order = PatchOrder.of(List.of(new PatchGrid(1, grid.h(), grid.w())), config.mergeSize());
        int[] patchRows = order.rows();
        int[] patchColumns = order.columns();
        float[] rows = new float[Math.multiplyExact(grid.patches(), rowLength())];
        int frameValues = config.patchSize() * config.patchSize();
        for (int index = 0; index < grid.t() * config.temporalPatchSize(); index++) {
            Frame frame = frames.get(Math.min(index, frames.size() - 1));
            if (frame.width() != first.width() || frame.height() != first.height()) {
                throw new IllegalArgumentException("frame " + index + ": expected " + first.width() + "x"
                        + first.height() + ", found " + frame.width() + "x" + frame.height());
            }
            int temporal = index / config.temporalPatchSize();
            int inside = index % config.temporalPatchSize();
            for (int patch = 0; patch < patchRows.length; patch++) {
                int start = (temporal * patchRows.length + patch) * rowLength() + inside * frameValues;
                copyPatch(frame, patchRows[patch], patchColumns[patch], rows, start);
            }
        }
        return rows;
    }

    /** Writes one frame's part of a patch, {@code (channel, y, x)}; channels lie a whole temporal patch apart. */
    private void copyPatch(Frame frame, int patchRow, int patchColumn, float[] rows, int start) {
        int side = config.patchSize();
        int channelStride = config.temporalPatchSize() * side * side;
        for (int y = 0; y < side; y++) {
            int pixel = ((patchRow * side + y) * frame.width() + patchColumn * side) * CHANNELS;
            int row = start + y * side;
            for (int x = 0; x < side; x++) {
                for (int channel = 0; channel < CHANNELS; channel++) {
                    rows[row + x + channel * channelStride] = normalised[channel][frame.rgb()[pixel++] & 0xff];
                }
            }
        }
    }
}
