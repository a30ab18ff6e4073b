// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A bound of 60 s. */
class OverloadTest {

    private long nowMillis;
    private final Overload overload = new Overload(60_000, () -> nowMillis);

    @Test
    void aLagWithinTheBoundIsNone() {
        for (int second = 0; second < 600; second++) {
            assertThat(at(second, 59)).isFalse();
        }
    }

    @Test
    void oneThatGrowsBeyondTheBoundIsOneHalfTheBoundLater() {
        // at half the speed of the stream
        long told = -1;
        for (int second = 0; second < 600 && told < 0; second++) {
            told = at(second, second / 2.0) ? second : told;
        }
        assertThat(told).isBetween(150L, 153L);
    }

    @Test
    void anOutageIsCaughtUpWithForAsLongAsThatGains() {
        // an hour was missed, and is made up for at a fifth above the stream's speed
        for (int second = 0; second < 5 * 3_600; second++) {
            assertThat(at(second, 3_600 - 0.21 * second))
                    .as("after %d s", second)
                    .isFalse();
        }
    }

    @Test
    void anOutageThatIsNotCaughtUpWithIsGivenUp() {
        assertThat(at(0, 3_600)).isFalse();
        assertThat(at(29, 3_599)).isFalse();
        assertThat(at(31, 3_598)).isTrue();
        assertThat(at(32, 0)).isFalse();
    }

    @Test
    void aTaskThatWasHeldUpForLongerThanTheBoundMayCatchUp() {
        assertThat(at(0, 4)).isFalse();
        assertThat(at(300, 304)).isFalse();
        assertThat(at(310, 260)).isFalse();
        assertThat(at(320, 40)).isFalse();
    }

    private boolean at(long second, double lagSeconds) {
        nowMillis = second * 1_000;
        return overload.isOne((long) (lagSeconds * 1_000));
    }
}
