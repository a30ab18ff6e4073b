// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.clip;

import java.time.Instant;
import java.util.Locale;

/** Instants of a video as a person reads them; of a recording, whose clock is the wall clock, with their date. */
public final class Clock {

    private Clock() {}

    /** In 1973; no video is as long. */
    private static final long WALL_CLOCK_MILLIS = 100_000_000_000L;

    /** {@code 00:01:02.5} or {@code 2026-11-24T22:30:05.5Z}, rounded down. */
    public static String of(long millis) {
        if (millis >= WALL_CLOCK_MILLIS) {
            return Instant.ofEpochMilli(millis - millis % 100).toString();
        }
        long seconds = millis / 1_000;
        return String.format(
                Locale.ROOT,
                "%02d:%02d:%02d.%d",
                seconds / 3_600,
                seconds / 60 % 60,
                seconds % 60,
                millis % 1_000 / 100);
    }
}
