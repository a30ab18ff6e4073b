// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeBaseTest {

    @ParameterizedTest
    @CsvSource({
        "1, 90000,      133200, 133200,               0",
        "1, 90000,      133200, 136800,           40000",
        "1001, 30000,        0,      1,           33366",
        "1, 3,               0,      2,          666666",
        "1, 1000,            0, 360000000, 360000000000",
        "1, 1000000000,      0, 86400123456789, 86400123456",
        "1, 25,              5,      4,          -40000"
    })
    void ticksBecomeMicrosecondsAfterTheFirstPicture(int num, int den, long start, long tick, long micros) {
        assertThat(new TimeBase(num, den, start).micros(tick)).isEqualTo(micros);
    }

    @Test
    void theTickOfAnInstantIsNotAfterIt() {
        TimeBase film = new TimeBase(1001, 30_000, 100);

        assertThat(film.tick(0)).isEqualTo(100);
        assertThat(film.tick(33_366)).isEqualTo(100);
        assertThat(film.tick(33_367)).isEqualTo(101);
    }

    @Test
    void aClockThatStandsStillIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TimeBase(0, 1, 0))
                .withMessage("expected a positive time base, found 0/1");
    }
}
