// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.pixels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.longwatch.model.VideoModel.PictureSize;
import org.junit.jupiter.api.Test;

/** Worked out by hand from the rule in spec section 4.5, with the numbers of TimeLens-Bench: 64 and 14,336 squares. */
class VideoBudgetTest {

    private static final VideoBudget TIMELENS = new VideoBudget(64 * 784, 14_336 * 784);

    @Test
    void picturesShareTheBudgetInPairs() {
        // 11,239,424 / 60 * 2 = 374,647.5
        assertThat(TIMELENS.resize(28, 60)).isEqualTo(new SmartResize(28, 50_176, 374_647));
        assertThat(TIMELENS.resize(28, 60).fit(640, 480)).isEqualTo(new PictureSize(644, 476));
        assertThat(TIMELENS.resize(28, 60).fit(1280, 720)).isEqualTo(new PictureSize(812, 448));
    }

    @Test
    void onePictureIsNeverLargerThan768Squares() {
        assertThat(TIMELENS.resize(28, 4)).isEqualTo(new SmartResize(28, 50_176, 768 * 784));
    }

    @Test
    void aPictureMayBeATwentiethLargerThanTheSmallestHoweverManyThereAre() {
        // 11,239,424 / 768 * 2 = 29,269 is less than 1.05 * 50,176
        assertThat(TIMELENS.resize(28, 768)).isEqualTo(new SmartResize(28, 50_176, 52_684));
        assertThat(TIMELENS.resize(28, 768).fit(640, 480)).isEqualTo(new PictureSize(252, 196));
    }

    @Test
    void aBudgetSmallerThanOnePictureIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new VideoBudget(50_176, 50_175))
                .withMessage("expected 1 <= pixels of a picture <= pixels of all, found 50176 and 50175");
    }
}
