// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longwatch.indexer.event.TimeSpan;
import java.util.List;
import org.junit.jupiter.api.Test;

class FileCoverageTest {

    @Test
    void overlapsAndRepeatedClipsCountOnce() {
        FileCoverage file = new FileCoverage(WatchPlan.WHOLE);
        file.add(clip(1, 14_000, 30_000, false, 30_000, ""));
        file.add(clip(0, 0, 16_000, false, 16_000, ""));
        file.add(clip(0, 0, 16_000, false, 16_000, ""));

        assertThat(file.watchedMillis()).isEqualTo(30_000);
        assertThat(file.finished()).isFalse();
        assertThat(file.videoMillis()).isEqualTo(40_000);
    }

    @Test
    void aFileIsFinishedWhenItsLastClipAndAllBeforeItWereTried() {
        FileCoverage file = new FileCoverage(WatchPlan.WHOLE);
        file.add(clip(2, 28_000, 35_500, true, 35_500, ""));
        file.add(clip(0, 0, 16_000, false, 16_000, ""));
        assertThat(file.finished()).isFalse();

        file.add(clip(1, 14_000, 30_000, false, 30_000, ""));
        assertThat(file.finished()).isTrue();
        assertThat(file.videoMillis()).isEqualTo(35_500);
    }

    @Test
    void whatCouldNotBeReadIsTriedButNotWatched() {
        FileCoverage file = new FileCoverage(WatchPlan.WHOLE);
        file.add(clip(0, 0, 16_000, false, 16_000, ""));
        file.add(clip(1, 14_000, 30_000, true, 18_500, "the file ends at 18.2 s"));

        assertThat(file.watchedMillis()).isEqualTo(18_500);
        assertThat(file.triedMillis()).isEqualTo(30_000);
        assertThat(file.problem()).isEqualTo("the file ends at 18.2 s");
    }

    @Test
    void aPartIsFinishedWithItsOwnClipsAndIsAsLongAsTheyAre() {
        FileCoverage file = new FileCoverage(new TimeSpan(20_000, 35_000));
        file.add(clip(1, 1, 14_000, 30_000, false, 30_000, ""));

        assertThat(file.finished()).isFalse();
        assertThat(file.videoMillis()).isEqualTo(15_000);

        file.add(clip(2, 1, 28_000, 40_000, true, 40_000, ""));

        assertThat(file.whole()).isTrue();
        assertThat(file.videoMillis()).isEqualTo(26_000);
        assertThat(file.watchedMillis()).isEqualTo(26_000);
    }

    @Test
    void aRecordingSaysNoLengthSoItIsAsLongAsWasAskedFor() {
        FileCoverage file = new FileCoverage(new TimeSpan(1_000_000, 1_060_000));
        file.add(new JobReport.Clip(
                "yard", 71, new TimeSpan(994_000, 1_010_000), 0, 71, false, 1_010_000, "", List.of(0.25, 0.5), 0));
        file.add(new JobReport.Clip(
                "yard", 72, new TimeSpan(1_008_000, 1_024_000), 0, 71, false, 1_008_000, "gone", List.of(), 0));

        assertThat(file.videoMillis()).isEqualTo(60_000);
        assertThat(file.probabilities())
                .as("of the first rule, where it was asked")
                .containsExactly(0.25);
    }

    private static JobReport.Clip clip(
            long ordinal, long start, long end, boolean last, long watchedUntil, String problem) {
        return clip(ordinal, 0, start, end, last, watchedUntil, problem);
    }

    private static JobReport.Clip clip(
            long ordinal, long since, long start, long end, boolean last, long watchedUntil, String problem) {
        return new JobReport.Clip(
                "yard.mp4",
                ordinal,
                new TimeSpan(start, end),
                40_000,
                since,
                last,
                watchedUntil,
                problem,
                List.of(0.25),
                0);
    }
}
