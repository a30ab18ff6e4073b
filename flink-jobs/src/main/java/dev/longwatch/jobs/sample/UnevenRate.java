// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.sample;

import java.util.Random;

/**
 * About so many pictures a second, at gaps drawn at random between half and one and a half times the regular one, to
 * measure how much a model leans on evenly spaced pictures. The first picture is always chosen.
 *
 * <p>The gaps are drawn from the video's beginning on, so a pass must begin there.
 */
public final class UnevenRate implements Sampler {

    private final double gapMicros;
    private final Random random;
    private double nextMicros;

    /**
     * @param framesPerSecond positive
     * @param seed the same seed draws the same gaps
     */
    public UnevenRate(double framesPerSecond, long seed) {
        if (!(framesPerSecond > 0) || Double.isInfinite(framesPerSecond)) {
            throw new IllegalArgumentException("expected a positive sampling rate, found " + framesPerSecond);
        }
        gapMicros = 1_000_000 / framesPerSecond;
        random = new Random(seed);
    }

    @Override
    public long leadInMicros() {
        return 0;
    }

    @Override
    public boolean wants(long ptsMicros) {
        if (ptsMicros < nextMicros) {
            return false;
        }
        // where the video has a gap, instants in it pass by without a picture
        while (nextMicros <= ptsMicros) {
            nextMicros += gapMicros * (0.5 + random.nextDouble());
        }
        return true;
    }
}
