// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.decode;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pictures are written as rows of letters: {@code abc/def} is three wide and two high. */
class UprightTest {

    @ParameterizedTest(name = "{4}")
    @CsvSource({
        " 1,  0,  0,  1, as stored,             abc/def",
        " 0,  1, -1,  0, a quarter clockwise,   da/eb/fc",
        "-1,  0,  0, -1, upside down,           fed/cba",
        " 0, -1,  1,  0, a quarter back,        cf/be/ad",
        "-1,  0,  0,  1, mirrored,              cba/fed",
        " 1,  0,  0, -1, mirrored upside down,  def/abc"
    })
    void aPictureIsTurnedAsTheMatrixSays(int a, int b, int c, int d, String how, String shown) {
        Upright upright = Upright.of(new int[] {a << 16, b << 16, 0, c << 16, d << 16, 0, 0, 0, 1 << 30});

        assertThat(letters(upright.turn(pixels("abcdef"), 3, 2))).as(how).isEqualTo(shown.replace("/", ""));
        assertThat(upright.swapsSides()).isEqualTo(shown.indexOf('/') == 2);
    }

    @Test
    void aMatrixThatTurnsByLessThanAQuarterIsNotFollowed() {
        Upright upright = Upright.of(new int[] {46_341, 46_341, 0, -46_341, 46_341, 0, 0, 0, 1 << 30});

        assertThat(upright).isEqualTo(Upright.AS_STORED);
    }

    private static byte[] pixels(String letters) {
        byte[] rgb = new byte[letters.length() * 3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) letters.charAt(i / 3);
        }
        return rgb;
    }

    private static String letters(byte[] rgb) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < rgb.length; i += 3) {
            assertThat(new String(rgb, i, 3, US_ASCII)).as("one pixel").matches("(.)\\1\\1");
            letters.append((char) rgb[i]);
        }
        return letters.toString();
    }
}
