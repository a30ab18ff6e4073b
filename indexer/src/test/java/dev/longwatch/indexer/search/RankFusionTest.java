// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.longwatch.indexer.search.RankFusion.By;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RankFusionTest {

    private static final Map<String, Double> WORDS = Map.of("a", 9.0, "b", 5.0, "c", 5.0, "d", 0.0);
    private static final Map<String, Double> MEANING = Map.of("a", 0.5, "b", 0.9, "c", 0.9, "d", 0.9);

    @Test
    void firstPlacesEverywhereAreWorthOne() {
        Map<String, Double> fused = RankFusion.fuse(List.of("a"), List.of(by(WORDS, 1), by(MEANING, 0.25)));

        assertThat(fused.get("a")).isCloseTo(1, within(1e-12));
    }

    @Test
    void equalScoresShareAPlaceAndTheUnknownGetsNone() {
        Map<String, Double> fused = RankFusion.fuse(List.of("a", "b", "c", "d"), List.of(by(WORDS, 1), by(MEANING, 1)));

        assertThat(fused.get("a")).isCloseTo((1.0 / 61 + 1.0 / 62) / (2.0 / 61), within(1e-12));
        assertThat(fused.get("b")).isEqualTo(fused.get("c"));
        assertThat(fused.get("d")).isCloseTo(0.5, within(1e-12));
    }

    private static By<String> by(Map<String, Double> scores, double weight) {
        return new By<>(scores::get, weight);
    }
}
