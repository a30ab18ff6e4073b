// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.cover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longwatch.indexer.coverage.Coverage;
import dev.longwatch.indexer.coverage.CoverageSpan;
import dev.longwatch.indexer.coverage.CoverageSpan.State;
import dev.longwatch.indexer.coverage.RuleProbability;
import dev.longwatch.jobs.ground.Watched;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

class CoverTest {

    private static final long RECORDED = 1_700_000_000_000L;
    private static final List<RuleProbability> PROBABILITIES =
            List.of(new RuleProbability("a car", 0.9), new RuleProbability("a dog", 0.1));

    @Test
    void aClipThatWasWatchedWhollyIsOneStretchOnTheWallClock() {
        assertThat(Cover.of(clip(16_000, "")))
                .containsExactly(new CoverageSpan(
                        "yard", RECORDED, RECORDED + 16_000, State.ANALYSED, "", 2, RECORDED, PROBABILITIES));
    }

    @Test
    void whatWasLookedAtSaysHowLikelyEachRuleIsAndTheRestDoesNot() {
        assertThat(Cover.of(clip(12_000, "the file ends at 12 s", 3_000, 6_000)))
                .extracting(CoverageSpan::probabilities)
                .containsExactly(PROBABILITIES, List.of(), PROBABILITIES, List.of());
    }

    @Test
    void holesAreGapsAndTheUnwatchedRestIsSkippedWithItsReason() {
        assertThat(Cover.of(clip(12_000, "the file ends at 12 s", 3_000, 6_000)))
                .extracting(
                        span -> span.fromMillis() - RECORDED, span -> span.toMillis() - RECORDED, CoverageSpan::state)
                .containsExactly(
                        tuple(0, 3_000, State.ANALYSED),
                        tuple(3_000, 6_000, State.GAP),
                        tuple(6_000, 12_000, State.ANALYSED),
                        tuple(12_000, 16_000, State.SKIPPED));
        assertThat(Cover.of(clip(12_000, "the file ends at 12 s")).get(1).why()).isEqualTo("the file ends at 12 s");
    }

    @Test
    void aHoleInARecordingIsSkippedFromTheTurnOfThePictureBeforeItToTheFirstThatIsWantedBehindIt() {
        List<CoverageSpan> spans = Cover.of(clip(0, 16_000, "", 3_000, 6_000, 6_000, 6_900, 13_000, 16_000));

        assertThat(spans)
                .extracting(CoverageSpan::fromMillis, CoverageSpan::toMillis, CoverageSpan::state)
                .containsExactly(
                        tuple(0, 3_500, State.ANALYSED),
                        tuple(3_500, 5_500, State.SKIPPED),
                        tuple(5_500, 13_500, State.ANALYSED),
                        tuple(13_500, 16_000, State.SKIPPED));
        assertThat(spans.get(1).why()).isEqualTo("there is no recording of it that could be read");
    }

    @Test
    void whateverWasWatchedTheEntriesAddUpToTheClip() {
        for (long until = 0; until <= 16_000; until += 1_000) {
            Coverage coverage =
                    Coverage.of(RECORDED, RECORDED + 16_000, Cover.of(clip(until, "why", 2_000, 5_000, 9_000, 12_000)));

            assertThat(coverage.unknownMillis()).isZero();
            assertThat(coverage.millis().values().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .isEqualTo(16_000);
        }
    }

    private static Tuple tuple(long from, long to, State state) {
        return Tuple.tuple(from, to, state);
    }

    private static Watched clip(long watchedUntilMillis, String problem, long... holes) {
        return clip(RECORDED, watchedUntilMillis, problem, holes);
    }

    private static Watched clip(long recordedAtMillis, long watchedUntilMillis, String problem, long... holes) {
        return new Watched(
                "yard",
                "/yard.mp4",
                recordedAtMillis,
                0,
                0,
                16_000,
                40_000,
                0,
                false,
                32,
                2,
                holes,
                watchedUntilMillis,
                problem,
                false,
                new String[] {"a car", "a dog"},
                new double[] {0.9, 0.1},
                new String[0],
                new String[0]);
    }
}
