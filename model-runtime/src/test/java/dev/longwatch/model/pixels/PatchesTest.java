// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.pixels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longwatch.model.Frame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PatchesTest {

    private static final List<Double> MEAN = List.of(0.48145466, 0.4578275, 0.40821073);
    private static final List<Double> STD = List.of(0.26862954, 0.26130258, 0.27577711);
    private static final Patches PATCHES = new Patches(new PreprocessorConfig(16, 4096, MEAN, STD, 2, 2, 2));

    private static List<Frame> goldenFrames(JsonNode golden) {
        List<Frame> frames = new ArrayList<>();
        for (JsonNode pixels : golden.required("rgb")) {
            byte[] rgb = new byte[pixels.size()];
            for (int i = 0; i < rgb.length; i++) {
                rgb[i] = (byte) pixels.get(i).intValue();
            }
            frames.add(new Frame(
                    golden.required("width").intValue(),
                    golden.required("height").intValue(),
                    rgb,
                    frames.size()));
        }
        return frames;
    }

    @Test
    void everyValueIsTheReferencesInItsOrder() throws IOException {
        JsonNode golden = PixelGoldens.read("patches");
        List<Frame> frames = goldenFrames(golden);

        float[] rows = PATCHES.rows(frames);

        assertThat(PATCHES.grid(3, 8, 4)).isEqualTo(new PatchGrid(2, 2, 4));
        assertThat(PixelGoldens.ints(golden.required("grid"))).containsExactly(2, 2, 4);
        int next = 0;
        for (JsonNode row : golden.required("rows")) {
            assertThat(row).hasSize(PATCHES.rowLength());
            for (JsonNode value : row) {
                assertThat(rows[next]).as("value %d", next).isEqualTo(value.floatValue());
                next++;
            }
        }
        assertThat(rows).hasSize(next);
    }

    @Test
    void aClipIsItsPairsOfFramesOneAfterTheOther() throws IOException {
        List<Frame> frames = goldenFrames(PixelGoldens.read("patches"));
        float[] whole = PATCHES.rows(frames);
        float[] first = PATCHES.rows(frames.subList(0, 2));
        float[] last = PATCHES.rows(List.of(frames.get(2), frames.get(2)));
        assertThat(Arrays.copyOf(whole, first.length)).isEqualTo(first);
        assertThat(Arrays.copyOfRange(whole, first.length, whole.length)).isEqualTo(last);
    }

    @Test
    void aPublishedRowHas1176Values() {
        assertThat(new Patches(new PreprocessorConfig(3136, 12_845_056, MEAN, STD, 14, 2, 2)).rowLength())
                .isEqualTo(1176);
    }

    @Test
    void picturesThatWereNotFittedAreRefused() {
        List<Frame> frames = List.of(new Frame(6, 4, new byte[72], 0));
        assertThatThrownBy(() -> PATCHES.rows(frames)).hasMessage("picture of 6x4: expected sides in multiples of 4");
        List<Frame> mixed = List.of(new Frame(4, 4, new byte[48], 0), new Frame(8, 2, new byte[48], 1));
        assertThatThrownBy(() -> PATCHES.rows(mixed)).hasMessage("frame 1: expected 4x4, found 8x2");
    }
}
