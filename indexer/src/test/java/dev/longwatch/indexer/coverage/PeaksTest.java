// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class PeaksTest {

    @Test
    void aStepHasTheHighestOfAllClipsItIsPartOf() {
        Peaks peaks = Peaks.of(
                1_000, 5_000, 500, List.of(span(0, 2_000, 0.1f), span(1_500, 3_000, 0.9f), span(2_500, 9_000, 0.3f)));

        assertThat(peaks.rules()).containsOnlyKeys("car");
        assertThat(peaks.rules().get("car")).containsExactly(0.1f, 0.9f, 0.9f, 0.9f, 0.3f, 0.3f, 0.3f, 0.3f);
    }

    @Test
    void whereARuleWasNotAskedThereIsNothing() {
        Peaks peaks = Peaks.of(1_000, 3_000, 500, List.of(span(1_000, 1_500, 0.5f), span(2_000, 2_500, 0.7f)));

        assertThat(peaks.rules().get("car")).containsExactly(0.5f, Float.NaN, 0.7f, Float.NaN);
        assertThat(Peaks.of(1_000, 3_000, 500, List.of(span(3_000, 4_000, 0.5f), span(0, 1_000, 0.5f)))
                        .rules())
                .isEmpty();
    }

    @Test
    void finerStepsAreAddedToCoarserOnes() {
        Peaks whole = new Peaks(0, 10_000, 4_000);
        whole.add(Peaks.of(0, 5_000, 1_000, List.of(span(3_000, 5_000, 0.5f))));
        whole.add(Peaks.of(5_000, 10_000, 1_000, List.of(span(5_000, 6_000, 0.25f))));

        assertThat(whole.rules().get("car")).containsExactly(0.5f, 0.5f, Float.NaN);
    }

    @Test
    void aStretchThatEndsBeforeItBeginsIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Peaks(5, 5, 1))
                .withMessageContaining("found 5 to 5");
    }

    private static CoverageSpan span(long from, long to, float probability) {
        return new CoverageSpan(
                "yard",
                from,
                to,
                CoverageSpan.State.ANALYSED,
                "",
                2,
                0,
                List.of(new RuleProbability("car", probability)));
    }
}
