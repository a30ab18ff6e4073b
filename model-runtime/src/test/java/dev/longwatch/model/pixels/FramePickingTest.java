// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.pixels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Golden vectors of spec section 9.5. */
class FramePickingTest {

    @ParameterizedTest
    @CsvSource({"300, 30, 20", "901, 29.97, 60", "100, 25, 8", "7, 30, 4", "3, 30, 2", "100000, 25, 768"})
    void twoFramesASecondWithinLimitsAndEven(int total, double videoFps, int count) {
        assertThat(FramePicking.count(total, videoFps, 2)).isEqualTo(count);
    }

    @Test
    void framesAreSpreadFromFirstToLast() {
        assertThat(FramePicking.indices(300, 20))
                .startsWith(0, 16, 31, 47, 63, 79)
                .endsWith(268, 283, 299);
        assertThat(FramePicking.indices(901, 60))
                .startsWith(0, 15, 31, 46, 61, 76)
                .endsWith(869, 885, 900);
        assertThat(FramePicking.indices(100, 8)).containsExactly(0, 14, 28, 42, 57, 71, 85, 99);
        assertThat(FramePicking.indices(7, 4)).containsExactly(0, 2, 4, 6);
    }

    @Test
    void longVideosArePickedInFloat32AsTorchDoes() throws IOException {
        for (JsonNode row : PixelGoldens.read("picks")) {
            int[] golden = PixelGoldens.ints(row.required("indices"));
            assertThat(FramePicking.indices(row.required("total").intValue(), golden.length))
                    .isEqualTo(golden);
        }
    }

    @Test
    void theSampledRateIsThatOfTheFramesPicked() {
        assertThat(FramePicking.sampledFps(7, 30, 4)).isCloseTo(17.142857, within(1e-6));
        assertThat(2 / FramePicking.sampledFps(7, 30, 4)).isCloseTo(0.1166667, within(1e-7));
        assertThat(FramePicking.sampledFps(901, 29.97, 60)).isCloseTo(1.99578, within(1e-5));
    }

    @Test
    void moreFramesThanThereAreAreRefused() {
        assertThatThrownBy(() -> FramePicking.indices(3, 4)).hasMessage("expected to pick 2 to 3 frames, found 4");
        assertThatThrownBy(() -> FramePicking.count(1, 30, 2)).hasMessageContaining("at least 2 frames, found 1");
    }
}
