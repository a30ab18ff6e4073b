// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.clip;

import dev.longwatch.jobs.sample.SampledFrame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds stretches in which a video has no pictures: the camera was off, packets were not stored. Nobody looked at them, so
 * they are told.
 */
final class Holes {

    private static final long LEAST_MILLIS = 2_000;

    private final long leastMillis;

    /** @param framesPerSecond the sampling rate; a gap the sampling makes by itself is no hole */
    Holes(double framesPerSecond) {
        leastMillis = Math.max(LEAST_MILLIS, (long) Math.ceil(2_500 / framesPerSecond));
    }

    /** A stretch without pictures, on the video's clock. */
    record Hole(long fromMillis, long toMillis) {

        String sentence() {
            return "no pictures from " + Clock.of(fromMillis) + " to " + Clock.of(toMillis);
        }
    }

    /** The holes in a stretch of the video. Lost pictures are told elsewhere and end a hole. */
    List<Hole> between(long startMillis, long endMillis, SampledFrame[] frames, long[] lostMicros) {
        long[] instants = new long[frames.length + lostMicros.length];
        for (int i = 0; i < frames.length; i++) {
            instants[i] = frames[i].ptsMicros() / 1_000;
        }
        for (int i = 0; i < lostMicros.length; i++) {
            instants[frames.length + i] = lostMicros[i] / 1_000;
        }
        Arrays.sort(instants);
        List<Hole> holes = new ArrayList<>();
        long seen = startMillis;
        for (long instant : instants) {
            add(seen, instant, holes);
            seen = instant;
        }
        add(seen, endMillis, holes);
        return holes;
    }

    private void add(long fromMillis, long toMillis, List<Hole> holes) {
        if (toMillis - fromMillis > leastMillis) {
            holes.add(new Hole(fromMillis, toMillis));
        }
    }
}
