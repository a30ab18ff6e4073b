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

    /** A sentence for each hole in a stretch of the video. Lost pictures are told elsewhere and end a hole. */
    List<String> between(long startMillis, long endMillis, SampledFrame[] frames, long[] lostMicros) {
        long[] instants = new long[frames.length + lostMicros.length];
        for (int i = 0; i < frames.length; i++) {
            instants[i] = frames[i].ptsMicros() / 1_000;
        }
        for (int i = 0; i < lostMicros.length; i++) {
            instants[frames.length + i] = lostMicros[i] / 1_000;
        }
        Arrays.sort(instants);
        List<String> sentences = new ArrayList<>();
        long seen = startMillis;
        for (long instant : instants) {
            tell(seen, instant, sentences);
            seen = instant;
        }
        tell(seen, endMillis, sentences);
        return sentences;
    }

    private void tell(long fromMillis, long toMillis, List<String> sentences) {
        if (toMillis - fromMillis > leastMillis) {
            sentences.add("no pictures from " + Clock.of(fromMillis) + " to " + Clock.of(toMillis));
        }
    }
}
