// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.clip;

import dev.longwatch.indexer.event.TimeSpan;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Instants of a video as a person reads them; of a recording, whose clock is the wall clock, with their date. */
public final class Clock {

    private static final DateTimeFormatter BEGIN = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.S", Locale.ROOT);
    private static final DateTimeFormatter END = DateTimeFormatter.ofPattern("HH:mm:ss.S", Locale.ROOT);
    private static final DateTimeFormatter ZONE = DateTimeFormatter.ofPattern(" O", Locale.ROOT);

    /** In 1973; no video is as long. */
    private static final long WALL_CLOCK_MILLIS = 100_000_000_000L;

    private Clock() {}

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

    /** {@code 00:01:02.5–00:01:05.0}; of a recording as clocks show it here, {@code 2026-11-24 22:30:05.5–22:30:08.0 GMT+1}. */
    public static String here(TimeSpan span) {
        boolean instant = span.millis() == 0;
        if (span.startMillis() < WALL_CLOCK_MILLIS) {
            return of(span.startMillis()) + (instant ? "" : "–" + of(span.endMillis()));
        }
        ZonedDateTime end = local(span.endMillis());
        return BEGIN.format(local(span.startMillis())) + (instant ? "" : "–" + END.format(end)) + ZONE.format(end);
    }

    private static ZonedDateTime local(long millis) {
        return Instant.ofEpochMilli(millis).atZone(ZoneId.systemDefault());
    }
}
