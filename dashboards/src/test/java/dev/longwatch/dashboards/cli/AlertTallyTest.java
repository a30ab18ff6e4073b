// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class AlertTallyTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void anAlertCountsOnceAndOnItsOwnDay() {
        AlertTally tally = new AlertTally(BERLIN, millis("2026-11-26T20:00:00Z"));
        assertThat(tally.midnightMillis()).isEqualTo(millis("2026-11-25T23:00:00Z"));
        tally.startWith(2);

        assertThat(tally.add("a", millis("2026-11-26T20:00:01Z"))).isTrue();
        assertThat(tally.add("a", millis("2026-11-26T20:00:01Z"))).isFalse();
        // raised before, and counted among the two
        assertThat(tally.add("b", millis("2026-11-26T19:59:59Z"))).isFalse();
        assertThat(tally.today(millis("2026-11-26T22:59:59Z"))).isEqualTo(3);

        assertThat(tally.today(millis("2026-11-26T23:00:00Z"))).isZero();
        assertThat(tally.add("c", millis("2026-11-26T23:00:01Z"))).isTrue();
        assertThat(tally.today(millis("2026-11-26T23:00:02Z"))).isEqualTo(1);
    }

    private static long millis(String instant) {
        return Instant.parse(instant).toEpochMilli();
    }
}
