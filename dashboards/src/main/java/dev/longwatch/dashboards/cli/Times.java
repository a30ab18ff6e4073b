// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import dev.longwatch.dashboards.config.Durations;
import dev.longwatch.indexer.event.TimeSpan;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
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
    private static final Pattern TIME_OF_DAY = Pattern.compile("\\d{1,2}:\\d{2}(:\\d{2})?");

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.S", Locale.ROOT);
    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.S", Locale.ROOT);
    private static final DateTimeFormatter OFFSET = DateTimeFormatter.ofPattern(" O", Locale.ROOT);
    private static final DateTimeFormatter DAY_AND_SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    /** In 1973; no video is as long. */
    private static final long WALL_CLOCK_MILLIS = 100_000_000_000L;

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

    /** {@code HH:MM:SS.s–HH:MM:SS.s}; of a recording, whose clock is the wall clock, with the date before. */
    static String span(TimeSpan span) {
        if (!isOfRecording(span.startMillis())) {
            return clock(span.startMillis()) + "–" + clock(span.endMillis());
        }
        return local(span.startMillis(), DAY_AND_TIME) + "–" + local(span.endMillis(), TIME);
    }

    /** The same; of a recording with the zone too, {@code 2026-11-24 22:30:05.5–22:30:08.0 GMT+1}. */
    static String zoned(TimeSpan span) {
        return isOfRecording(span.startMillis()) ? span(span) + local(span.endMillis(), OFFSET) : span(span);
    }

    /** An instant of a video or recording, for programs: {@code HH:MM:SS.s}, or ISO-8601. */
    static String stamp(long millis) {
        return isOfRecording(millis) ? Instant.ofEpochMilli(millis).toString() : clock(millis);
    }

    /** An instant of the wall clock for people here: {@code 2026-11-24 22:30:05}. */
    static String local(Instant instant) {
        return local(instant.toEpochMilli(), DAY_AND_SECONDS);
    }

    private static String local(long millis, DateTimeFormatter format) {
        return format.format(Instant.ofEpochMilli(millis).atZone(ZoneId.systemDefault()));
    }

    /** Where players jump to when they open a video (W3C media fragments), to a tenth of a second. */
    static String jump(String uri, long millis) {
        return uri + "#t=" + BigDecimal.valueOf(millis / 100, 1).toPlainString();
    }

    private static boolean isOfRecording(long millis) {
        return millis >= WALL_CLOCK_MILLIS;
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

    /**
     * A time of the wall clock that lies behind: as {@link #onWallClock}, or {@code -2h}, or {@code HH:MM} for the last time
     * it was so late.
     */
    static Instant before(String time, Instant now) {
        if (time.startsWith("-")) {
            return now.minus(Durations.parse(time.substring(1))
                    .orElseThrow(() -> new IllegalArgumentException(
                            "expected " + Durations.EXPECTED + " behind the -, found '" + time + "'")));
        }
        if (!isOfDay(time)) {
            return onWallClock(time);
        }
        Instant today = today(time, now);
        return today.isAfter(now) ? onDay(time, now, -1) : today;
    }

    /** A time of the wall clock that lies ahead: as {@link #onWallClock}, or {@code HH:MM} for the next time it is so late. */
    static Instant after(String time, Instant now) {
        if (!isOfDay(time)) {
            return onWallClock(time);
        }
        Instant today = today(time, now);
        return today.isAfter(now) ? today : onDay(time, now, 1);
    }

    /** Whether a time is one of every day. */
    static boolean isOfDay(@Nullable String time) {
        return time != null && TIME_OF_DAY.matcher(time).matches();
    }

    private static Instant today(String time, Instant now) {
        return onDay(time, now, 0);
    }

    private static Instant onDay(String time, Instant now, int days) {
        try {
            LocalTime ofDay = LocalTime.parse(time.indexOf(':') == 1 ? "0" + time : time);
            ZoneId here = ZoneId.systemDefault();
            return now.atZone(here)
                    .toLocalDate()
                    .plusDays(days)
                    .atTime(ofDay)
                    .atZone(here)
                    .toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("expected a time of day such as 08:30, found '" + time + "'", e);
        }
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
