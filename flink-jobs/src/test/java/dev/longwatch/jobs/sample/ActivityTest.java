// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.sample;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ActivityTest {

    @Test
    void aStillNoisyPictureDoesNotChange() {
        for (double noise : new double[] {0, 2, 8, 20}) {
            for (int seed = 0; seed < 20; seed++) {
                assertThat(between(new Picture(noise, seed), new Picture(noise, seed + 100))
                                .isChange())
                        .as("noise %s, seed %s", noise, seed)
                        .isFalse();
            }
        }
    }

    @Test
    void aThingOfASixteenthOfTheHeightIsSeen() {
        Activity activity = between(new Picture(4, 1), new Picture(4, 2).square(100, 60, 7, 200));

        assertThat(activity.isChange()).isTrue();
        assertThat(activity.changedCells()).isBetween(2.0 / 2304, 12.0 / 2304);
    }

    @Test
    void aSlowDriftOfExposureIsNoChangeButALampIs() {
        assertThat(between(new Picture(2, 1), new Picture(2, 2).brighter(5)).isChange())
                .isFalse();
        assertThat(between(new Picture(2, 1), new Picture(2, 2).brighter(40)).isChange())
                .isTrue();
        assertThat(between(new Picture(2, 1), new Picture(2, 2).brighter(-40)).isChange())
                .isTrue();
    }

    @Test
    void picturesSmallerThanTheGridAreCompared() {
        SampledFrame dark = new SampledFrame(0, 2, 1, new byte[6]);
        SampledFrame half = new SampledFrame(0, 2, 1, new byte[] {0, 0, 0, -1, -1, -1});

        Activity activity = Activity.between(Activity.grey(dark), Activity.grey(half));

        assertThat(activity.isChange()).isTrue();
        assertThat(activity.light()).isBetween(126.0, 128.0);
    }

    private static Activity between(Picture before, Picture after) {
        return Activity.between(Activity.grey(before.frame(0)), Activity.grey(after.frame(0)));
    }
}
