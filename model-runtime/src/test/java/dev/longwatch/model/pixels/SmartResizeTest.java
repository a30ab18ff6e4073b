// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.pixels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longwatch.model.VideoModel.PictureSize;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmartResizeTest {

    private static final SmartResize PUBLISHED = new SmartResize(28, 3136, 12_845_056);

    /** Spec section 9.6. A Java {@code Math.round} would give 84 for 70 and 140 for 126. */
    @ParameterizedTest
    @CsvSource({"42, 56", "70, 56", "98, 112", "126, 112"})
    void halvesAreRoundedToEven(int side, int fitted) {
        assertThat(PUBLISHED.fit(280, side)).isEqualTo(new PictureSize(280, fitted));
    }

    @Test
    void everySizeIsTheReferences() throws IOException {
        for (JsonNode row : PixelGoldens.read("sizes")) {
            int[] golden = PixelGoldens.ints(row);
            SmartResize resize = new SmartResize(golden[0], golden[1], golden[2]);
            assertThat(resize.fit(golden[3], golden[4]))
                    .as("factor, min, max, width, height, fitted: %s", row)
                    .isEqualTo(new PictureSize(golden[5], golden[6]));
        }
    }

    @Test
    void aFittedSizeStaysAsItIs() {
        for (int width = 28; width < 2000; width += 28) {
            PictureSize fitted = PUBLISHED.fit(width, 448);
            assertThat(PUBLISHED.fit(fitted.width(), fitted.height())).isEqualTo(fitted);
        }
    }

    @Test
    void aPictureMuchLongerThanWideIsRefused() {
        assertThat(PUBLISHED.fit(20_000, 100)).isNotNull();
        assertThatThrownBy(() -> PUBLISHED.fit(20_001, 100))
                .hasMessage("picture of 20001x100: expected the longer side to be at most 200 times the shorter");
    }

    @Test
    void aPictureWithoutRoomForAPatchIsRefused() {
        assertThatThrownBy(() -> new SmartResize(28, 0, 3136).fit(14, 280)).hasMessageContaining("too small");
        assertThatThrownBy(() -> PUBLISHED.fit(0, 10)).hasMessage("a picture has pixels, found 0x10");
    }
}
