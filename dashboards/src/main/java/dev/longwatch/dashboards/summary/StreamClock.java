// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.summary;

import dev.longwatch.indexer.event.TimeSpan;
import java.time.Instant;
import java.util.Locale;

/** Instants of a stream as people read them: of a file from its beginning, of a recording with their date. */
public final class StreamClock {

    /** In 1973; no video is as long. */
    private static final long WALL_CLOCK_MILLIS = 100_000_000_000L;

    private StreamClock() {}

    /** Whether an instant of a stream is one of the wall clock. */
    public static boolean isWallClock(long millis) {
        return millis >= WALL_CLOCK_MILLIS;
    }

    /** {@code HH:MM:SS.s}, or {@code 2026-11-24T22:30:05.500Z}; cut off and not rounded, so that it is never past the moment. */
    public static String of(long millis) {
        return isWallClock(millis) ? Instant.ofEpochMilli(millis - millis % 100).toString() : length(millis);
    }

    public static String of(TimeSpan span) {
        return of(span.startMillis()) + "–" + of(span.endMillis());
    }

    /** {@code HH:MM:SS.s}, however long. */
    static String length(long millis) {
        return String.format(
                Locale.ROOT,
                "%02d:%02d:%02d.%d",
                millis / 3_600_000,
                millis / 60_000 % 60,
                millis / 1_000 % 60,
                millis / 100 % 10);
    }
}
