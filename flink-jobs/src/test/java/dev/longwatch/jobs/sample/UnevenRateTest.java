// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnevenRateTest {

    private static final long PICTURE = 1_000; // a thousand pictures a second: the choice is hardly rounded

    @Test
    void gapsLieBetweenHalfAndOneAndAHalfTimesTheRegularOne() {
        List<Long> chosen = chosen(new UnevenRate(2, 7), 600_000_000);

        assertThat(chosen.get(0)).isZero();
        for (int i = 1; i < chosen.size(); i++) {
            assertThat(chosen.get(i) - chosen.get(i - 1)).isBetween(250_000 - PICTURE, 750_000 + PICTURE);
        }
        assertThat(chosen.size()).isBetween(1_150, 1_250);
        assertThat(chosen.stream().mapToLong(pts -> pts % 500_000).distinct().count())
                .isGreaterThan(100);
    }

    @Test
    void theSeedDecides() {
        assertThat(chosen(new UnevenRate(2, 7), 20_000_000)).isEqualTo(chosen(new UnevenRate(2, 7), 20_000_000));
        assertThat(chosen(new UnevenRate(2, 7), 20_000_000)).isNotEqualTo(chosen(new UnevenRate(2, 8), 20_000_000));
    }

    @Test
    void aHoleInTheVideoIsNotMadeUpFor() {
        UnevenRate sampler = new UnevenRate(2, 7);
        assertThat(sampler.wants(0)).isTrue();
        assertThat(sampler.wants(60_000_000)).isTrue();
        assertThat(sampler.wants(60_040_000)).isFalse();
    }

    @Test
    void aRateOfNothingIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new UnevenRate(0, 1));
    }

    private static List<Long> chosen(Sampler sampler, long micros) {
        List<Long> chosen = new ArrayList<>();
        for (long pts = 0; pts < micros; pts += PICTURE) {
            if (sampler.wants(pts)) {
                chosen.add(pts);
            }
        }
        return chosen;
    }
}
