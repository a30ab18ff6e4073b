// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Set;

/** How many alerts this day has brought, where we are. An alert is told more than once and counts once. */
final class AlertTally {

    private final ZoneId zone;
    private final long sinceMillis;
    private final Set<String> counted = new HashSet<>();
    private LocalDate day;
    private long before;

    /** @param sinceMillis from when on alerts are counted here, milliseconds since 1970 UTC */
    AlertTally(ZoneId zone, long sinceMillis) {
        this.zone = zone;
        this.sinceMillis = sinceMillis;
        day = day(sinceMillis);
    }

    /** The beginning of the day in which counting begins. */
    long midnightMillis() {
        return day(sinceMillis).atStartOfDay(zone).toInstant().toEpochMilli();
    }

    /** @param earlier alerts of that day from before counting began */
    synchronized void startWith(long earlier) {
        before = earlier;
    }

    /** Whether this alert is new. */
    synchronized boolean add(String id, long raisedAtMillis) {
        if (raisedAtMillis < sinceMillis) {
            return false;
        }
        turn(day(raisedAtMillis));
        return counted.add(id);
    }

    synchronized long today(long nowMillis) {
        turn(day(nowMillis));
        return before + counted.size();
    }

    private void turn(LocalDate now) {
        if (now.isAfter(day)) {
            day = now;
            before = 0;
            counted.clear();
        }
    }

    private LocalDate day(long millis) {
        return Instant.ofEpochMilli(millis).atZone(zone).toLocalDate();
    }
}
