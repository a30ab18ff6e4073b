// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import static org.assertj.core.api.Assertions.assertThat;

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
}
