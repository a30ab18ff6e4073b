// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.sample;

import java.util.Random;

/** A grey picture of 196x112 with noise, to draw squares on. */
final class Picture {

    private static final int WIDTH = 196;
    private static final int HEIGHT = 112;

    private final double[] grey = new double[WIDTH * HEIGHT];

    /** @param noise standard deviation in grey levels */
    Picture(double noise, long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < grey.length; i++) {
            grey[i] = 80 + 60.0 * (i % WIDTH) / WIDTH + noise * random.nextGaussian();
        }
    }

    Picture square(int left, int top, int side, double level) {
        for (int y = top; y < top + side; y++) {
            for (int x = left; x < left + side; x++) {
                grey[y * WIDTH + x] = level;
            }
        }
        return this;
    }

    Picture brighter(double levels) {
        for (int i = 0; i < grey.length; i++) {
            grey[i] += levels;
        }
        return this;
    }

    SampledFrame frame(long ptsMicros) {
        byte[] rgb = new byte[3 * grey.length];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) Math.max(0, Math.min(255, Math.round(grey[i / 3])));
        }
        return new SampledFrame(ptsMicros, WIDTH, HEIGHT, rgb);
    }
}
