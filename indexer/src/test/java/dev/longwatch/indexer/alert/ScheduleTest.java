// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.longwatch.indexer.alert.Schedule.Hours;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static final List<DayOfWeek> WEEKDAYS =
            List.of(DayOfWeek.MONDAY, DayOfWeek.TUESDAY, DayOfWeek.WEDNESDAY, DayOfWeek.THURSDAY, DayOfWeek.FRIDAY);

    @Test
    void withoutHoursEveryHourIsPermitted() {
        assertThat(permits(Schedule.ALWAYS, "2026-11-24T03:00:00Z")).isTrue();
    }

    @Test
    void quietHoursAcrossMidnightBelongToTheDayOnWhichTheyBegin() {
        // 2026-11-27 is a Friday
        Schedule schedule = new Schedule("UTC", List.of(), List.of(new Hours(WEEKDAYS, 22 * 60, 6 * 60)));

        assertThat(permits(schedule, "2026-11-27T21:59:59Z")).isTrue();
        assertThat(permits(schedule, "2026-11-27T22:00:00Z")).isFalse();
        assertThat(permits(schedule, "2026-11-28T05:59:59Z")).isFalse();
        assertThat(permits(schedule, "2026-11-28T06:00:00Z")).isTrue();
        assertThat(permits(schedule, "2026-11-28T23:00:00Z")).as("Saturday").isTrue();
        assertThat(permits(schedule, "2026-11-30T05:00:00Z"))
                .as("Monday morning, of Sunday")
                .isTrue();
    }

    @Test
    void quietHoursCountWithinActiveOnes() {
        Schedule schedule = new Schedule(
                "UTC", List.of(new Hours(List.of(), 8 * 60, 18 * 60)), List.of(new Hours(List.of(), 12 * 60, 13 * 60)));

        assertThat(permits(schedule, "2026-11-24T07:59:00Z")).isFalse();
        assertThat(permits(schedule, "2026-11-24T11:59:00Z")).isTrue();
        assertThat(permits(schedule, "2026-11-24T12:00:00Z")).isFalse();
        assertThat(permits(schedule, "2026-11-24T13:00:00Z")).isTrue();
        assertThat(permits(schedule, "2026-11-24T18:00:00Z")).isFalse();
    }

    @Test
    void hoursAreThoseOfThePlaceAlsoWhenItsClocksChange() {
        Schedule schedule = new Schedule("Europe/Berlin", List.of(), List.of(new Hours(List.of(), 22 * 60, 6 * 60)));

        assertThat(permits(schedule, "2026-10-24T03:59:00Z"))
                .as("05:59, summer time")
                .isFalse();
        assertThat(permits(schedule, "2026-10-24T04:00:00Z"))
                .as("06:00, summer time")
                .isTrue();
        assertThat(permits(schedule, "2026-10-25T04:59:00Z"))
                .as("05:59, winter time")
                .isFalse();
        assertThat(permits(schedule, "2026-10-25T05:00:00Z"))
                .as("06:00, winter time")
                .isTrue();
    }

    @Test
    void hoursThatEndWhenTheyBeginAreTheWholeDay() {
        Schedule schedule = new Schedule("UTC", List.of(new Hours(List.of(DayOfWeek.SUNDAY), 540, 540)), List.of());

        assertThat(permits(schedule, "2026-11-29T00:00:00Z")).isTrue();
        assertThat(permits(schedule, "2026-11-29T23:59:00Z")).isTrue();
        assertThat(permits(schedule, "2026-11-30T00:00:00Z")).isFalse();
    }

    @Test
    void aPlaceThatDoesNotExistIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Schedule("Mars/Base", List.of(), List.of()))
                .withMessageContaining("Mars/Base");
    }

    private static boolean permits(Schedule schedule, String instant) {
        return schedule.permits(Instant.parse(instant).toEpochMilli());
    }
}
