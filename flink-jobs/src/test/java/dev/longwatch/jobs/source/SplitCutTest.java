// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longwatch.jobs.clip.ClipGrid;
import dev.longwatch.jobs.clip.ClipRange;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class SplitCutTest {

    private static final long HOUR = 3_600_000;

    @Test
    void anHourIsCutIntoOneRangeForEachReader() {
        List<ClipRange> ranges = cut(HOUR, 4).ranges(keysEvery(2_000));

        assertThat(ranges).hasSize(4);
        assertCovers(ranges, 257);
        assertThat(ranges)
                .allSatisfy(range -> assertThat(range.last() - range.first()).isBetween(50L, 80L));
    }

    @Test
    void aShortVideoIsNotCut() {
        assertThat(cut(60_000, 8).isWorthwhile()).isFalse();
        assertThat(cut(60_000, 8).whole()).containsExactly(new ClipRange(0, 4, true));
    }

    @Test
    void aVideoOfUnknownLengthIsNotCut() {
        assertThat(cut(0, 8).isWorthwhile()).isFalse();
        assertThat(cut(0, 8).whole()).containsExactly(new ClipRange(0, 0, true));
    }

    @Test
    void rangesBeginShortlyBehindKeyPictures() {
        // a key picture every 63 s: clips 9, 18, 27... begin two seconds or less behind one
        List<ClipRange> ranges = cut(HOUR, 4).ranges(keysEvery(63_000));

        assertCovers(ranges, 257);
        assertThat(ranges.subList(1, 4))
                .allSatisfy(range -> assertThat(range.first() * 14_000 % 63_000).isLessThanOrEqualTo(2_000));
    }

    @Test
    void aVideoWithOneKeyPictureIsReadInOnePiece() {
        assertThat(cut(HOUR, 4).ranges(micros -> 0)).containsExactly(new ClipRange(0, 256, true));
    }

    private static SplitCut cut(long millis, int slots) {
        return new SplitCut(ClipGrid.DEFAULT, millis, slots);
    }

    private static LongUnaryOperator keysEvery(long millis) {
        return micros -> micros / (millis * 1_000) * millis * 1_000;
    }

    private static void assertCovers(List<ClipRange> ranges, long clips) {
        long next = 0;
        for (ClipRange range : ranges) {
            assertThat(range.first()).isEqualTo(next);
            next = range.last() + 1;
            assertThat(range.untilEnd()).isEqualTo(next == clips);
        }
        assertThat(next).isEqualTo(clips);
    }
}
