// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FixedRateTest {

    @Test
    void eachSampleIsTheFirstPictureAtOrAfterItsInstant() {
        assertThat(chosen(new FixedRate(2, 0), 0, 490_000, 500_000, 510_000, 999_999, 1_000_001, 1_400_000))
                .containsExactly(0, 500_000, 1_000_001);
    }

    @Test
    void aGapIsNotFilledWithLaterPictures() {
        assertThat(chosen(new FixedRate(2, 0), 0, 3_200_000, 3_240_000, 3_500_000))
                .containsExactly(0, 3_200_000, 3_500_000);
    }

    @Test
    void noPictureIsChosenTwiceWhenThereAreFewerThanAsked() {
        assertThat(chosen(new FixedRate(60, 0), 0, 40_000, 80_000)).containsExactly(0, 40_000, 80_000);
    }

    @Test
    void anInstantBetweenTwoMicrosecondsIsMetByThePictureShownThen() {
        // a third of a second is 333,333.3 us; the picture's own time is rounded down the same way
        assertThat(chosen(new FixedRate(3, 0), 0, 333_333, 666_666)).containsExactly(0, 333_333, 666_666);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 1, 2, 3, 29.97})
    void aPassThatBeginsLaterChoosesTheSame(double rate) {
        long[] pictures = LongStream.range(0, 2_000).map(n -> n * 33_367).toArray();
        long[] all = chosen(new FixedRate(rate, 0), pictures);
        for (long from = 0; from < 60_000_000; from += 1_234_567) {
            long start = from;
            FixedRate late = new FixedRate(rate, start);
            long[] offered = LongStream.of(pictures)
                    .filter(pts -> pts >= late.leadInMicros())
                    .toArray();

            assertThat(chosen(late, offered))
                    .isEqualTo(LongStream.of(all).filter(pts -> pts >= start).toArray());
        }
    }

    @Test
    void aRateThatIsNoRateIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FixedRate(0, 0))
                .withMessage("expected a positive sampling rate, found 0.0");
    }

    private static long[] chosen(Sampler sampler, long... pictures) {
        return LongStream.of(pictures).filter(sampler::wants).toArray();
    }
}
