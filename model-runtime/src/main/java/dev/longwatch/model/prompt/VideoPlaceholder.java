// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.prompt;

import java.util.Arrays;

/** Makes room for visual tokens: the one pad the chat layout writes for a video becomes as many as the video has. */
public final class VideoPlaceholder {

    private VideoPlaceholder() {}

    /**
     * Expands each pad in turn (spec section 5).
     *
     * @param tokenIds a prompt with one pad for each video
     * @param pad the id of {@code <|video_pad|>}, or of {@code <|image_pad|>} for images
     * @param counts visual tokens of each video in turn, each at least 1: {@code PatchGrid.tokens}
     */
    public static int[] expand(int[] tokenIds, int pad, int... counts) {
        long found = Arrays.stream(tokenIds).filter(token -> token == pad).count();
        if (found != counts.length) {
            throw new IllegalArgumentException(
                    "expected " + counts.length + " pads " + pad + " in the prompt, found " + found);
        }
        long length =
                tokenIds.length - found + Arrays.stream(counts).asLongStream().sum();
        int[] expanded = new int[Math.toIntExact(length)];
        int filled = 0;
        int video = 0;
        for (int token : tokenIds) {
            int times = token == pad ? counts[video++] : 1;
            if (times < 1) {
                throw new IllegalArgumentException("a video has at least one visual token, found " + times);
            }
            Arrays.fill(expanded, filled, filled + times, token);
            filled += times;
        }
        return expanded;
    }
}
