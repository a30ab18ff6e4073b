// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.engine;

import dev.longwatch.model.Clip;
import dev.longwatch.model.Frame;
import dev.longwatch.model.network.VisualBlock;
import dev.longwatch.model.pixels.PatchGrid;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A clip as temporal patches: the part of the prompt that all its questions share.
 *
 * @param patches the frames of each temporal patch, all of them full: the last frame is repeated
 * @param grid of all together
 */
record Prefix(List<List<Frame>> patches, PatchGrid grid) {

    /**
     * @param frames in a temporal patch
     * @param patchSize side of a patch in pixels
     */
    static Prefix of(Clip clip, int frames, int patchSize) {
        List<List<Frame>> patches = new ArrayList<>();
        List<Frame> all = clip.frames();
        for (int first = 0; first < all.size(); first += frames) {
            List<Frame> patch = new ArrayList<>(all.subList(first, Math.min(first + frames, all.size())));
            patch.addAll(Collections.nCopies(frames - patch.size(), patch.get(patch.size() - 1)));
            patches.add(List.copyOf(patch));
        }
        return new Prefix(
                List.copyOf(patches),
                new PatchGrid(patches.size(), clip.height() / patchSize, clip.width() / patchSize));
    }

    /** Where it stands in time: each temporal patch at the instant of its first frame. */
    VisualBlock block(double tokensPerSecond) {
        double[] seconds =
                patches.stream().mapToDouble(patch -> patch.get(0).seconds()).toArray();
        return VisualBlock.video(grid, seconds, (float) tokensPerSecond);
    }
}
