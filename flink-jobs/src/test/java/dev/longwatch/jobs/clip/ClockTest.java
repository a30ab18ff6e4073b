// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.clip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longwatch.indexer.event.TimeSpan;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class ClockTest {

    @Test
    void whatIsToldToPeopleIsOnTheirClock() {
        long millis = LocalDateTime.parse("2026-11-24T22:30:05.567")
                .atZone(ZoneId.systemDefault())
                .toInstant()
                .toEpochMilli();
        String zone = " GMT([+-]\\d{1,2}(:\\d\\d)?)?";

        assertThat(Clock.here(new TimeSpan(millis, millis + 9_000)))
                .matches("2026-11-24 22:30:05\\.5–22:30:14\\.5" + zone);
        assertThat(Clock.here(new TimeSpan(millis, millis))).matches("2026-11-24 22:30:05\\.5" + zone);
        assertThat(Clock.here(new TimeSpan(62_099, 65_000))).isEqualTo("00:01:02.0–00:01:05.0");
        assertThat(Clock.here(new TimeSpan(62_099, 62_099))).isEqualTo("00:01:02.0");
    }
}
