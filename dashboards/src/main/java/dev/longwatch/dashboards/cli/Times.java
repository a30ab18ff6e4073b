// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import dev.longwatch.indexer.event.TimeSpan;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Times of a video as people write them. */
final class Times {

    private static final Pattern VIDEO_TIME = Pattern.compile("(\\d+:){0,2}\\d+(\\.\\d+)?");

    private static final DateTimeFormatter HERE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter WALL = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.S", Locale.ROOT);

    private Times() {}

    /** {@code HH:MM:SS.s}, the tenth cut off and not rounded, so that it is never past the moment. */
    static String clock(long millis) {
        return String.format(
                Locale.ROOT,
                "%02d:%02d:%02d.%d",
                millis / 3_600_000,
                millis / 60_000 % 60,
                millis / 1_000 % 60,
                millis / 100 % 10);
    }

    /** {@code 2026-11-01T08:00:00.0} in this machine's zone, which {@link #onWallClock} reads again; rounded down too. */
    static String wall(long millis) {
        return WALL.format(Instant.ofEpochMilli(millis).atZone(ZoneId.systemDefault()));
    }

    /** {@code HH:MM:SS}. */
    static String seconds(long millis) {
        String clock = clock(millis);
        return clock.substring(0, clock.length() - 2);
    }

    static String span(TimeSpan span) {
        return clock(span.startMillis()) + "–" + clock(span.endMillis());
    }

    /** Date and time of day where we are; a dash when it is not known. */
    static String here(long millis) {
        return millis == 0 ? "-" : HERE.format(Instant.ofEpochMilli(millis).atZone(ZoneId.systemDefault()));
    }

    /** A length of time in the unit that suits it, cut off: {@code 6 s}, {@code 4 min}, {@code 3 h}, {@code 2 d}. */
    static String length(long millis) {
        long seconds = millis / 1_000;
        if (seconds < 120) {
            return seconds + " s";
        }
        if (seconds < 7_200) {
            return seconds / 60 + " min";
        }
        return seconds < 172_800 ? seconds / 3_600 + " h" : seconds / 86_400 + " d";
    }

    /** Whether a time is one of a video, not of the wall clock; a missing time is either. */
    static boolean isOnVideo(@Nullable String time) {
        return time == null || VIDEO_TIME.matcher(time).matches();
    }

    /**
     * A stretch of a video.
     *
     * @param from seconds or {@code HH:MM:SS}; null for the beginning
     * @param to the same; null for the end
     */
    static TimeSpan onVideo(@Nullable String from, @Nullable String to) {
        long start = from == null ? 0 : videoMillis(from);
        long end = to == null ? Long.MAX_VALUE / 2 : videoMillis(to);
        if (end < start) {
            throw new IllegalArgumentException("--to " + to + " is before --from " + from);
        }
        return new TimeSpan(start, end);
    }

    /** An ISO-8601 instant, a local date and time, or a local date. */
    static Instant onWallClock(String time) {
        try {
            if (time.length() == "2026-11-01".length()) {
                return LocalDate.parse(time)
                        .atStartOfDay(ZoneId.systemDefault())
                        .toInstant();
            }
            return DateTimeFormatter.ISO_DATE_TIME
                    .parseBest(time, ZonedDateTime::from, LocalDateTime::from)
                    .query(Times::instant);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "expected a time such as 63.5, 00:01:03.5 or 2026-11-01T08:00:00Z, found '" + time + "'", e);
        }
    }

    private static Instant instant(TemporalAccessor time) {
        return time instanceof ZonedDateTime zoned
                ? zoned.toInstant()
                : LocalDateTime.from(time).atZone(ZoneId.systemDefault()).toInstant();
    }

    private static long videoMillis(String time) {
        double seconds = 0;
        for (String part : time.split(":", -1)) {
            seconds = seconds * 60 + Double.parseDouble(part);
        }
        return Math.round(seconds * 1_000);
    }
}
