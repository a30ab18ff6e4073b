// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Clips made of noise: any pictures do where only the way through the model counts. */
public final class TestClips {

    private TestClips() {}

    /** @param first which picture of an endless video is the first: clips of overlapping pictures overlap */
    public static Clip noise(int width, int height, int frames, double framesPerSecond, int first) {
        List<Frame> pictures = new ArrayList<>();
        for (int i = 0; i < frames; i++) {
            pictures.add(new Frame(width, height, noise(width, height, first + i), i / framesPerSecond));
        }
        return new Clip(pictures, frames / framesPerSecond);
    }

    private static byte[] noise(int width, int height, int seed) {
        byte[] rgb = new byte[width * height * 3];
        new Random(seed).nextBytes(rgb);
        return rgb;
    }
}
