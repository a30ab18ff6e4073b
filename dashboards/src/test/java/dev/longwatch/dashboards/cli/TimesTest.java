// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longwatch.indexer.event.TimeSpan;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class TimesTest {

    @Test
    void aClockIsNeverPastTheMoment() {
        assertThat(Times.clock(3_663_599)).isEqualTo("01:01:03.5");
        assertThat(Times.seconds(3_663_999)).isEqualTo("01:01:03");
    }

    @Test
    void timesOfAVideoAreSecondsOrClocks() {
        assertThat(Times.onVideo("63.5", "00:02:00")).isEqualTo(new TimeSpan(63_500, 120_000));
        assertThat(Times.onVideo("1:03.5", "1:00:00")).isEqualTo(new TimeSpan(63_500, 3_600_000));
        assertThat(Times.onVideo(null, "5").startMillis()).isZero();
    }

    @Test
    void timesOfTheWallClockAreIsoDates() {
        assertThat(Times.isOnVideo("2026-11-01T08:00:00Z")).isFalse();
        assertThat(Times.onWallClock("2026-11-01T08:00:00Z")).isEqualTo(Instant.parse("2026-11-01T08:00:00Z"));
        assertThat(Times.onWallClock("2026-11-01T08:00:00+02:00")).isEqualTo(Instant.parse("2026-11-01T06:00:00Z"));
    }

    @Test
    void aTimeOfTheWallClockThatIsShownCanBeGivenBack() {
        long millis = Instant.parse("2026-11-01T08:00:03.567Z").toEpochMilli();

        assertThat(Times.onWallClock(Times.wall(millis)).toEpochMilli()).isEqualTo(millis - 67);
    }

    @Test
    void timesOfDayAreTheLastOnesOrTheNextOnes() {
        Instant noon = LocalDateTime.parse("2026-11-24T12:00")
                .atZone(ZoneId.systemDefault())
                .toInstant();

        assertThat(Times.before("08:30", noon)).isEqualTo(local("2026-11-24T08:30"));
        assertThat(Times.before("22:00", noon)).isEqualTo(local("2026-11-23T22:00"));
        assertThat(Times.before("-2h", noon)).isEqualTo(local("2026-11-24T10:00"));
        assertThat(Times.after("22:00", noon)).isEqualTo(local("2026-11-24T22:00"));
        assertThat(Times.after("8:30", noon)).isEqualTo(local("2026-11-25T08:30"));
        assertThat(Times.before("2026-11-01T08:00", noon)).isEqualTo(local("2026-11-01T08:00"));
        assertThatThrownBy(() -> Times.before("25:00", noon)).hasMessageContaining("found '25:00'");
        assertThatThrownBy(() -> Times.before("-soon", noon)).hasMessageContaining("found '-soon'");
    }

    @Test
    void instantsOfARecordingAreDated() {
        long millis = local("2026-11-24T22:30:05").toEpochMilli();

        assertThat(Times.span(new TimeSpan(millis + 520, millis + 9_000)))
                .isEqualTo("2026-11-24 22:30:05.5–22:30:14.0");
        assertThat(Times.zoned(new TimeSpan(millis + 520, millis + 9_000)))
                .matches("2026-11-24 22:30:05\\.5–22:30:14\\.0 GMT([+-]\\d{1,2}(:\\d\\d)?)?");
        assertThat(Times.zoned(new TimeSpan(62_099, 3_600_000))).isEqualTo("00:01:02.0–01:00:00.0");
        assertThat(Times.stamp(millis)).isEqualTo(Instant.ofEpochMilli(millis).toString());
        assertThat(Times.stamp(5_500)).isEqualTo("00:00:05.5");
    }

    private static Instant local(String time) {
        return LocalDateTime.parse(time).atZone(ZoneId.systemDefault()).toInstant();
    }

    @Test
    void whatIsNoTimeIsRefusedWithAnExample() {
        assertThatThrownBy(() -> Times.onWallClock("noon")).hasMessageContaining("found 'noon'");
        assertThatThrownBy(() -> Times.onVideo("10", "5")).hasMessage("--to 5 is before --from 10");
    }
}
