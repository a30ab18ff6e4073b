// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.alert;

import java.io.Serializable;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;

/**
 * When people want to hear of something, on the wall clock of a place: in the active hours, if there are any, and not in
 * the quiet ones.
 *
 * @param zone the place, such as {@code Europe/Berlin}
 * @param active none for always
 * @param quiet even within active hours
 */
public record Schedule(String zone, List<Hours> active, List<Hours> quiet) implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final int MINUTES_OF_DAY = 24 * 60;

    public static final Schedule ALWAYS = new Schedule("UTC", List.of(), List.of());

    /**
     * The same hours of some days. Those that end before they begin go on to the next day and belong to the one on which
     * they begin; those that end when they begin are the whole day.
     *
     * @param days none for every day
     * @param fromMinute of the day, first
     * @param toMinute of the day, no more; 1440 is midnight
     */
    public record Hours(List<DayOfWeek> days, int fromMinute, int toMinute) implements Serializable {

        private static final long serialVersionUID = 1L;

        public Hours {
            days = List.copyOf(days);
            if (fromMinute < 0 || fromMinute >= MINUTES_OF_DAY || toMinute < 0 || toMinute > MINUTES_OF_DAY) {
                throw new IllegalArgumentException(
                        "expected minutes of a day, found " + fromMinute + " to " + toMinute);
            }
        }

        private boolean hold(ZonedDateTime time) {
            int minute = time.getHour() * 60 + time.getMinute();
            if (fromMinute < toMinute) {
                return on(time.getDayOfWeek()) && minute >= fromMinute && minute < toMinute;
            }
            if (minute >= fromMinute) {
                return on(time.getDayOfWeek());
            }
            return fromMinute == toMinute
                    ? on(time.getDayOfWeek())
                    : minute < toMinute && on(time.getDayOfWeek().minus(1));
        }

        private boolean on(DayOfWeek day) {
            return days.isEmpty() || days.contains(day);
        }
    }

    public Schedule {
        active = List.copyOf(active);
        quiet = List.copyOf(quiet);
        try {
            ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "expected a time zone such as Europe/Berlin or UTC, found '" + zone + "'", e);
        }
    }

    /** @param millis since 1970 UTC */
    public boolean permits(long millis) {
        ZonedDateTime time = Instant.ofEpochMilli(millis).atZone(ZoneId.of(zone));
        return (active.isEmpty() || active.stream().anyMatch(hours -> hours.hold(time)))
                && quiet.stream().noneMatch(hours -> hours.hold(time));
    }
}
