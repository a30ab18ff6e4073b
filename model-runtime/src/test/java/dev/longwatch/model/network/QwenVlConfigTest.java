// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longwatch.model.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QwenVlConfigTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    private ObjectNode config;

    @BeforeEach
    void published() throws IOException {
        config = (ObjectNode) JSON.readTree(Goldens.TINY.resolve("config.json").toFile());
    }

    @Test
    void thePublishedLayoutIsRead() throws IOException {
        QwenVlConfig read = read();

        assertThat(read.family()).isEqualTo(Family.QWEN2_5_VL);
        assertThat(read.text())
                .isEqualTo(new QwenVlConfig.Text(64, 80, 2, 4, 2, 16, 272, 1e-6, 1e6, List.of(2, 3, 3), false));
        assertThat(read.vision()).isEqualTo(new QwenVlConfig.Vision(4, 32, 48, 2, 14, 2, 2, 112, List.of(1, 3), 2, 64));
        assertThat(read.tokens()).isEqualTo(new QwenVlConfig.Tokens(262, 263, 259, 260, List.of(258)));
    }

    @Test
    void theNestedLayoutSaysTheSame() throws IOException {
        config = (ObjectNode)
                JSON.readTree(Goldens.ROOT.resolve("nested/config.json").toFile());
        QwenVlConfig nested = read();
        published();

        assertThat(nested).isEqualTo(read());
    }

    @Test
    void ropeParametersOfNewerReleasesSayTheSame() throws IOException {
        QwenVlConfig before = read();
        config.remove(List.of("rope_scaling", "rope_theta"));
        config.putObject("rope_parameters")
                .put("rope_type", "default")
                .put("rope_theta", 1e6)
                .putArray("mrope_section")
                .add(2)
                .add(3)
                .add(3);

        assertThat(read()).isEqualTo(before);
    }

    @Test
    void frequenciesTurnWithTimeThenRowThenColumn() throws IOException {
        assertThat(read().text().axes()).containsExactly(0, 0, 1, 1, 1, 2, 2, 2);
    }

    @Test
    void tiedInEitherPlaceIsTied() throws IOException {
        config = (ObjectNode)
                JSON.readTree(Goldens.ROOT.resolve("nested/config.json").toFile());
        ((ObjectNode) config.path("text_config")).put("tie_word_embeddings", true);

        assertThat(read().text().tied()).isTrue();
    }

    @Test
    void theEndsOfAnswersComeFromTheGenerationConfigWhenThereIsOne() throws IOException {
        Files.writeString(directory.resolve("generation_config.json"), "{\"eos_token_id\":[258,256]}");

        assertThat(read().tokens().end()).containsExactly(258, 256);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hidden_size",
                "num_key_value_heads",
                "rms_norm_eps",
                "rope_theta",
                "vocab_size",
                "video_token_id",
                "eos_token_id"
            })
    void aMissingFieldIsNamedAndNeverMadeUp(String field) {
        config.remove(field);

        assertRefused("'" + field + "'", "found nothing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tokens_per_second", "window_size", "fullatt_block_indexes", "out_hidden_size"})
    void aMissingFieldOfTheVisionTowerIsNamedAndNeverMadeUp(String field) {
        ((ObjectNode) config.path("vision_config")).remove(field);

        assertRefused("vision_config: '" + field + "'", "found nothing");
    }

    @Test
    void stretchedPositionsAreRefusedByTheirName() {
        ((ObjectNode) config.path("rope_scaling")).put("type", "yarn");

        assertRefused("'type' should be 'mrope' or 'default'", "found \"yarn\"");
    }

    @Test
    void anotherFamilyIsNamedBesideTheKnownOnes() {
        config.put("model_type", "llava");

        assertRefused("model_type is 'llava', known are qwen2_5_vl");
    }

    @Test
    void sectionsThatDoNotMakeUpHalfAHeadAreRefused() {
        ((ObjectNode) config.path("rope_scaling"))
                .putArray("mrope_section")
                .add(8)
                .add(8);

        assertRefused("'mrope_section' should be three numbers that add up to 8", "found [8,8]");
    }

    @Test
    void picturesWithoutThreeColoursAreRefused() {
        ((ObjectNode) config.path("vision_config")).put("in_chans", 1);

        assertRefused("'in_chans' should be 3, found 1");
    }

    private QwenVlConfig read() throws IOException {
        JSON.writeValue(directory.resolve("config.json").toFile(), config);
        return QwenVlConfig.read(directory);
    }

    private void assertRefused(String... parts) {
        assertThatThrownBy(this::read)
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(directory.toString())
                .hasMessageContainingAll(parts);
    }
}
