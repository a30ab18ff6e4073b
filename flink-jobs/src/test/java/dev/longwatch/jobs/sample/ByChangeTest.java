// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ByChangeTest {

    @Test
    void whereNothingChangesAPairEveryTwoSecondsIsKept() {
        assertThat(kept(clip(32, 2, i -> false), ByChange.DEFAULT))
                .containsExactly(0, 1, 4, 5, 8, 9, 12, 13, 16, 17, 20, 21, 24, 25, 28, 29);
    }

    @Test
    void aChangeKeepsItsPairAndBothNeighbours() {
        // the square moves between frames 14 and 15, and stays where it came to
        assertThat(kept(clip(32, 2, i -> i == 15), ByChange.DEFAULT))
                .contains(12, 13, 14, 15, 16, 17)
                .doesNotContain(10, 11, 18, 19);
    }

    @Test
    void whereEverythingChangesTheBudgetHolds() {
        List<Integer> kept = kept(clip(64, 4, i -> true), ByChange.DEFAULT);

        assertThat(kept).hasSizeBetween(24, 32).contains(0, 1, 8, 9);
        assertThat(kept.stream().filter(i -> i % 2 == 0).map(i -> i + 1)).isSubsetOf(kept);
    }

    @Test
    void aBudgetBelowTheRegularPairsLeavesThese() {
        assertThat(kept(clip(32, 2, i -> true), new ByChange(2_000, 2)))
                .containsExactly(0, 1, 4, 5, 8, 9, 12, 13, 16, 17, 20, 21, 24, 25, 28, 29);
    }

    @Test
    void noFramesAndAnOddNumberOfFramesAreTaken() {
        assertThat(ByChange.DEFAULT.keep(new SampledFrame[0])).isEmpty();
        assertThat(kept(clip(5, 2, i -> i == 4), ByChange.DEFAULT)).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void theSameFramesGiveTheSameChoice() {
        SampledFrame[] frames = clip(32, 2, i -> i % 7 == 0);

        assertThat(ByChange.DEFAULT.keep(frames)).containsExactly(ByChange.DEFAULT.keep(frames.clone()));
    }

    @Test
    void theReasonIsTold() {
        assertThat(ByChange.DEFAULT.reason(2, 32, 16)).isEqualTo("16 of 32 at 2 a second: those near a change");
        assertThat(ByChange.DEFAULT.reason(2, 32, 32)).isEqualTo("2 a second: something changes throughout");
        assertThat(Thinning.NONE.reason(0.5, 8, 8)).isEqualTo("0.5 a second");
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> new ByChange(0, 32)).hasMessageContaining("found 0 ms and 32 frames");
        assertThatThrownBy(() -> new ByChange(2_000, 1)).hasMessageContaining("found 2000 ms and 1 frames");
    }

    /** @param moves at which frames a square has moved on */
    private static SampledFrame[] clip(int frames, int perSecond, IntPredicate moves) {
        int[] place = {10};
        return IntStream.range(0, frames)
                .mapToObj(i -> {
                    place[0] += moves.test(i) ? 5 : 0;
                    place[0] %= 160;
                    return new Picture(3, i).square(place[0], 40, 20, 220).frame(i * 1_000_000L / perSecond);
                })
                .toArray(SampledFrame[]::new);
    }

    private static List<Integer> kept(SampledFrame[] frames, Thinning thinning) {
        List<SampledFrame> all = Arrays.asList(frames);
        return Arrays.stream(thinning.keep(frames)).map(all::indexOf).toList();
    }
}
