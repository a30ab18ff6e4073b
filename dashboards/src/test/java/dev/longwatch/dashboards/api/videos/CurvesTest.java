// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.videos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longwatch.dashboards.api.http.ClockTime;
import dev.longwatch.indexer.coverage.CoverageSpan;
import dev.longwatch.indexer.coverage.Peaks;
import dev.longwatch.indexer.coverage.RuleProbability;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CurvesTest {

    private static final ClockTime FROM = ClockTime.onVideo(0, 1_000);

    @Test
    void probabilitiesHaveThreePlacesAndNothingWhereNobodyAsked() {
        List<CoverageSpan> entries = List.of(new CoverageSpan(
                "yard",
                1_000,
                2_000,
                CoverageSpan.State.ANALYSED,
                "",
                2,
                0,
                List.of(new RuleProbability("car", 0.98765))));
        Curves curves = Curves.of(Peaks.of(1_000, 3_000, Curves.stepMillis(1_000, 3_000), entries), FROM);

        assertThat(curves.stepSeconds()).isEqualTo(0.5);
        assertThat(curves.rules()).containsExactly(new Curves.Curve("car", Arrays.asList(0.988, 0.988, null, null)));
    }

    @Test
    void aLongStretchHasNoMoreStepsThanAShortOne() {
        long day = 24 * 3_600_000L;

        long step = Curves.stepMillis(0, day);

        assertThat((day - 1) / step + 1).isEqualTo(500);
        assertThat(step * 500).isGreaterThanOrEqualTo(day);
    }
}
