// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.network;

import dev.longwatch.model.pixels.PatchGrid;

/**
 * One image or video of a prompt: its grid, and how far each of its temporal patches lies from the first on the time
 * axis of MRoPE (spec section 3.3, CANON).
 *
 * <p>All arithmetic on seconds is in float32 and truncates toward zero, as the reference does: rounding, or float64,
 * gives other ids at common frame rates.
 */
public final class VisualBlock {

    private final PatchGrid grid;
    private final boolean video;
    private final int[] timeIds;

    private VisualBlock(PatchGrid grid, boolean video, int[] timeIds) {
        this.grid = grid;
        this.video = video;
        this.timeIds = timeIds;
    }

    /** An image: a single temporal patch at 0. */
    public static VisualBlock image(PatchGrid grid) {
        if (grid.t() != 1) {
            throw new IllegalArgumentException("an image has one temporal patch, found " + grid.t());
        }
        return new VisualBlock(grid, false, new int[1]);
    }

    /**
     * A video of Qwen2.5-VL whose temporal patches stand at given instants, which need not be evenly spaced:
     * {@code trunc(float32(float32(seconds) * tokensPerSecond))}. The instant of a patch is that of its first frame;
     * the reference counts from the first patch, so its first instant is 0.
     *
     * @param seconds of each temporal patch, {@code grid.t()} values, not negative and not decreasing
     * @param tokensPerSecond as in {@code vision_config}; 2 in published checkpoints
     */
    public static VisualBlock video(PatchGrid grid, double[] seconds, float tokensPerSecond) {
        if (seconds.length != grid.t()) {
            throw new IllegalArgumentException(
                    "expected the seconds of " + grid.t() + " temporal patches, found " + seconds.length);
        }
        int[] ids = new int[seconds.length];
        double previous = 0;
        for (int patch = 0; patch < ids.length; patch++) {
            if (!(seconds[patch] >= previous) || Double.isInfinite(seconds[patch])) {
                throw new IllegalArgumentException("temporal patch " + patch + ": expected seconds from " + previous
                        + " on, found " + seconds[patch]);
            }
            previous = seconds[patch];
            ids[patch] = (int) ((float) seconds[patch] * tokensPerSecond);
        }
        return new VisualBlock(grid, true, ids);
    }

    /**
     * A video of Qwen2.5-VL with evenly spaced temporal patches, exactly as the reference numbers it.
     *
     * @param secondsPerGrid {@code second_per_grid_ts}: {@code temporal_patch_size} / frames sampled per second
     * @param tokensPerSecond as in {@code vision_config}; 2 in published checkpoints
     */
    public static VisualBlock evenVideo(PatchGrid grid, double secondsPerGrid, float tokensPerSecond) {
        double[] seconds = new double[grid.t()];
        for (int patch = 0; patch < seconds.length; patch++) {
            seconds[patch] = (float) patch * (float) secondsPerGrid;
        }
        return video(grid, seconds, tokensPerSecond);
    }

    /** A video of Qwen2-VL, which knows no seconds: temporal patches are counted. */
    public static VisualBlock countedVideo(PatchGrid grid) {
        int[] ids = new int[grid.t()];
        for (int patch = 0; patch < ids.length; patch++) {
            ids[patch] = patch;
        }
        return new VisualBlock(grid, true, ids);
    }

    public PatchGrid grid() {
        return grid;
    }

    /** Whether the block stands on video pads, or else on image pads. */
    public boolean isVideo() {
        return video;
    }

    /** The time id of one temporal patch relative to the block's base. */
    int timeId(int patch) {
        return timeIds[patch];
    }
}
