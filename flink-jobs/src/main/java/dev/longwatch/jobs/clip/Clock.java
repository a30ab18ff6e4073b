// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.clip;

import java.util.Locale;

/** Instants of a video as a person reads them. */
public final class Clock {

    private Clock() {}

    /** {@code 00:01:02.5}, rounded down. */
    public static String of(long millis) {
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
