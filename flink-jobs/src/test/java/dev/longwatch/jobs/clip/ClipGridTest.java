// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClipGridTest {

    private final ClipGrid grid = ClipGrid.DEFAULT;

    @ParameterizedTest(name = "{0} ms are {1} clips")
    @CsvSource({"0, 1", "1, 1", "16000, 1", "16499, 1", "16500, 2", "30000, 2", "30499, 2", "30500, 3", "3600000, 257"})
    void aRemainderIsAClipOnlyIfItBringsHalfASecond(long millis, long clips) {
        assertThat(grid.clips(millis)).isEqualTo(clips);
    }

    @Test
    void everyClipButTheLastIsFollowed() {
        for (long millis = 0; millis < 100_000; millis += 77) {
            long clips = grid.clips(millis);
            assertThat(grid.goesOnAfter(clips - 1, millis)).isFalse();
            if (clips > 1) {
                assertThat(grid.goesOnAfter(clips - 2, millis)).isTrue();
            }
        }
    }

    @ParameterizedTest(name = "{0} ms belongs to clips {1} to {2}")
    @CsvSource({"0, 0, 0", "13999, 0, 0", "14000, 0, 1", "15999, 0, 1", "16000, 1, 1", "28000, 1, 2", "30000, 2, 2"})
    void anInstantInAnOverlapBelongsToTwoClips(long millis, long first, long last) {
        assertThat(grid.firstOf(millis)).isEqualTo(first);
        assertThat(grid.lastOf(millis)).isEqualTo(last);
    }

    @Test
    void clipsOfAnInstantAreThoseThatHoldIt() {
        ClipGrid steep = new ClipGrid(10_000, 3_000);
        for (long millis = 0; millis < 50_000; millis += 500) {
            for (long ordinal = 0; ordinal < 20; ordinal++) {
                boolean holds = steep.startMillis(ordinal) <= millis && millis < steep.endMillis(ordinal);
                assertThat(ordinal >= steep.firstOf(millis) && ordinal <= steep.lastOf(millis))
                        .isEqualTo(holds);
            }
        }
    }

    @Test
    void clipsThatLeaveSecondsOutAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ClipGrid(10_000, 12_000))
                .withMessage("expected 500 ms <= stride <= clip, found a stride of 12000 ms and a clip of 10000 ms");
    }
}
