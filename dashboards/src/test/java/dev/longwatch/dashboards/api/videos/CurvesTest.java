// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.videos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longwatch.dashboards.api.http.ClockTime;
import dev.longwatch.indexer.coverage.CoverageSpan;
import dev.longwatch.indexer.coverage.RuleProbability;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CurvesTest {

    private static final ClockTime FROM = ClockTime.onVideo(0, 1_000);

    @Test
    void aStepHasTheHighestOfAllClipsItIsPartOf() {
        Curves curves = Curves.of(
                List.of(span(0, 2_000, 0.1), span(1_500, 3_000, 0.98765), span(2_500, 9_000, 0.3)), FROM, 1_000, 5_000);

        assertThat(curves.stepSeconds()).isEqualTo(0.5);
        assertThat(curves.rules())
                .containsExactly(new Curves.Curve("car", List.of(0.1, 0.988, 0.988, 0.988, 0.3, 0.3, 0.3, 0.3)));
    }

    @Test
    void whereARuleWasNotAskedThereIsNothing() {
        Curves curves = Curves.of(List.of(span(1_000, 1_500, 0.5), span(2_000, 2_500, 0.7)), FROM, 1_000, 3_000);

        assertThat(curves.rules()).containsExactly(new Curves.Curve("car", Arrays.asList(0.5, null, 0.7, null)));
        assertThat(Curves.of(List.of(), FROM, 1_000, 3_000).rules()).isEmpty();
    }

    @Test
    void aLongStretchHasNoMoreStepsThanAShortOne() {
        long day = 24 * 3_600_000L;
        Curves curves = Curves.of(List.of(span(day - 4_000, day, 0.9)), FROM, 0, day);

        List<Double> values = curves.rules().get(0).values();
        assertThat(values).hasSize(500);
        assertThat(curves.stepSeconds() * values.size()).isGreaterThanOrEqualTo(86_400);
        assertThat(values.get(499)).isEqualTo(0.9);
        assertThat(values.subList(0, 499)).containsOnlyNulls();
    }

    private static CoverageSpan span(long from, long to, double probability) {
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
