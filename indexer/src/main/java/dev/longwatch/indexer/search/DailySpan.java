// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import dev.longwatch.indexer.schema.EventDocument;
import java.time.LocalTime;
import java.time.ZoneOffset;

/**
 * A time of day, every day, in whole minutes UTC.
 *
 * @param fromMinute of the day, included
 * @param toMinute of the day, left out; at or below {@code fromMinute} when the stretch goes over midnight UTC
 */
public record DailySpan(int fromMinute, int toMinute) {

    public DailySpan {
        if (fromMinute < 0 || fromMinute >= EventDocument.MINUTES || toMinute < 0 || toMinute > EventDocument.MINUTES) {
            throw new IllegalArgumentException("expected minutes of a day from 0 to " + EventDocument.MINUTES
                    + ", found " + fromMinute + " to " + toMinute);
        }
    }

    /** The times as a clock at that distance from UTC shows them; {@code to} before {@code from} goes over midnight. */
    public static DailySpan of(LocalTime from, LocalTime to, ZoneOffset offset) {
        return new DailySpan(minute(from.toSecondOfDay() / 60, offset), minute((to.toSecondOfDay() + 59) / 60, offset));
    }

    boolean overMidnight() {
        return toMinute <= fromMinute;
    }

    private static int minute(int local, ZoneOffset offset) {
        return Math.floorMod(local - offset.getTotalSeconds() / 60, EventDocument.MINUTES);
    }
}
