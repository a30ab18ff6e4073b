// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longwatch.indexer.event.TimeSpan;
import java.time.Instant;
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
    void whatIsNoTimeIsRefusedWithAnExample() {
        assertThatThrownBy(() -> Times.onWallClock("noon")).hasMessageContaining("found 'noon'");
        assertThatThrownBy(() -> Times.onVideo("10", "5")).hasMessage("--to 5 is before --from 10");
    }
}
