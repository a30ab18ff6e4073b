// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProgressTest {

    @Test
    void halfAnHourOfAnHourInTwoMinutes() {
        Progress progress = new Progress(1_800_000, 3_600_000, 120_000, 7, 0, 1);

        assertThat(progress.line())
                .isEqualTo("████████████░░░░░░░░░░░░  00:30:00 / 01:00:00  15.0x  7 events  00:02:00 left");
    }

    @Test
    void aLengthThatIsNotKnownPromisesNothing() {
        assertThat(new Progress(30_000, 0, 10_000, 1, 0, 1).line())
                .isEqualTo("░░░░░░░░░░░░░░░░░░░░░░░░  00:00:30 / ?  3.0x  1 event");
    }

    @Test
    void severalFilesAreCounted() {
        assertThat(new Progress(10_000, 20_000, 10_000, 0, 2, 5).line()).contains("2 of 5 files");
    }
}
