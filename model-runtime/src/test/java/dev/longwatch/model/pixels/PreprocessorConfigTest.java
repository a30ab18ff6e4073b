// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.pixels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longwatch.model.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreprocessorConfigTest {

    private static final String PUBLISHED = "{'min_pixels': 3136, 'max_pixels': 12845056, 'patch_size': 14,"
            + " 'temporal_patch_size': 2, 'merge_size': 2, 'image_mean': [0.48145466, 0.4578275, 0.40821073],"
            + " 'image_std': [0.26862954, 0.26130258, 0.27577711], 'image_processor_type': 'Qwen2VLImageProcessor'}";

    @TempDir
    Path checkpoint;

    private PreprocessorConfig read(String json) throws IOException {
        Files.writeString(checkpoint.resolve(PreprocessorConfig.FILE_NAME), json.replace('\'', '"'));
        return PreprocessorConfig.read(checkpoint);
    }

    @Test
    void aPublishedFileIsReadAsItStands() throws IOException {
        PreprocessorConfig config = read(PUBLISHED);
        assertThat(config.resize()).isEqualTo(new SmartResize(28, 3136, 12_845_056));
        assertThat(config.imageMean()).isEqualTo(List.of(0.48145466, 0.4578275, 0.40821073));
        assertThat(config.imageStd()).isEqualTo(List.of(0.26862954, 0.26130258, 0.27577711));
        assertThat(config.temporalPatchSize()).isEqualTo(2);
    }

    @Test
    void theAreaMayStandInSize() throws IOException {
        String newer = PUBLISHED.replace(
                "'min_pixels': 3136, 'max_pixels': 12845056",
                "'min_pixels': null, 'size': {'shortest_edge': 65536, 'longest_edge': 16777216}");
        assertThat(read(newer).resize()).isEqualTo(new SmartResize(28, 65_536, 16_777_216));
    }

    @Test
    void aMissingValueIsNamedWithItsFile() {
        assertThatThrownBy(() -> read(PUBLISHED.replace("'patch_size': 14,", "")))
                .isInstanceOf(ModelException.class)
                .hasMessageEndingWith(
                        "preprocessor_config.json: expected a whole number for patch_size, found nothing");
        assertThatThrownBy(() -> read(PUBLISHED.replace("'max_pixels': 12845056,", "")))
                .hasMessageEndingWith("expected max_pixels or size.longest_edge, found neither");
        assertThatThrownBy(() -> read(PUBLISHED.replace("image_mean", "mean")))
                .hasMessageContaining("expected image_mean and image_std of 3 numbers");
        assertThatThrownBy(() -> read(PUBLISHED.replace("'patch_size': 14,", "'patch_size': '14',")))
                .hasMessageEndingWith("expected a whole number for patch_size, found \"14\"");
    }

    @Test
    void aFileThatIsNoJsonIsRefusedByName() {
        assertThatThrownBy(() -> read("{"))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("preprocessor_config.json: cannot be read");
    }
}
