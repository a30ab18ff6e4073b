// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class JudgedTest {

    @Test
    void aThresholdIsSuggestedThatLeavesOutFalseAlarms() {
        Judged judged = new Judged(List.of(0.9, 0.8), List.of(0.55, 0.6, 0.65));

        assertThat(judged.suggestedThreshold(0.5)).hasValue(0.66);
        assertThat(judged.suggestedThreshold(0.7)).isEmpty();
    }

    @Test
    void trueAlarmsAreNotMissedForFewerFalseOnes() {
        assertThat(new Judged(List.of(0.6, 0.6, 0.6), List.of(0.7, 0.8)).suggestedThreshold(0.5))
                .isEmpty();
    }

    @Test
    void fewVerdictsSayNothing() {
        assertThat(new Judged(List.of(0.9), List.of(0.55, 0.6, 0.65)).suggestedThreshold(0.5))
                .isEmpty();
    }

    @Test
    void theFewerWereJudgedTheLessIsKnownOfTheRest() {
        assertThat(Judged.NONE.precision()).isEmpty();
        // Wilson's interval as R's prop.test(…, correct = FALSE) has it
        assertPrecision(new Judged(List.of(0.9, 0.8), List.of(0.5, 0.5, 0.5)), 0.4, 0.1176, 0.7693);
        assertPrecision(new Judged(List.of(0.9), List.of()), 1, 0.2065, 1);
        assertPrecision(new Judged(List.of(), List.of(0.9)), 0, 0, 0.7935);
        assertPrecision(new Judged(Collections.nCopies(90, 0.9), Collections.nCopies(10, 0.9)), 0.9, 0.8256, 0.9448);
    }

    private static void assertPrecision(Judged judged, double share, double low, double high) {
        assertThat(judged.precision()).hasValueSatisfying(precision -> {
            assertThat(precision.judged()).isEqualTo(judged.count());
            assertThat(precision.share()).isEqualTo(share);
            assertThat(precision.low()).isCloseTo(low, within(1e-4));
            assertThat(precision.high()).isCloseTo(high, within(1e-4));
        });
    }
}
