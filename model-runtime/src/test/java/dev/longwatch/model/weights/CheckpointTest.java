// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longwatch.model.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {

    @TempDir
    Path directory;

    @BeforeEach
    void files() throws IOException {
        Files.writeString(directory.resolve("config.json"), "{}");
        Files.writeString(directory.resolve("tokenizer.json"), "{}");
    }

    @Test
    void publishedNamesAreReadAsTheNewerOnes() {
        weights("model.safetensors", "model.norm.weight", "visual.merger.ln_q.weight", "lm_head.weight");

        assertThat(Checkpoint.open(directory).tensors())
                .containsOnlyKeys(
                        "model.language_model.norm.weight", "model.visual.merger.ln_q.weight", "lm_head.weight");
    }

    @Test
    void newerNamesAreKept() {
        weights("model.safetensors", "model.language_model.norm.weight", "model.visual.merger.ln_q.weight");

        assertThat(Checkpoint.open(directory).tensors())
                .containsOnlyKeys("model.language_model.norm.weight", "model.visual.merger.ln_q.weight");
    }

    @Test
    void shardsTogetherAreOneCheckpoint() throws IOException {
        weights("model-1.safetensors", "model.a");
        weights("model-2.safetensors", "model.b");
        index("{\"weight_map\":{\"model.a\":\"model-1.safetensors\",\"model.b\":\"model-2.safetensors\"}}");

        Checkpoint checkpoint = Checkpoint.open(directory);

        assertThat(checkpoint.require("model.language_model.a", 1).file()).endsWith(Path.of("model-1.safetensors"));
        assertThat(checkpoint.require("model.language_model.b", 1).file()).endsWith(Path.of("model-2.safetensors"));
    }

    @Test
    void aShardThatIsNotThereIsNamed() throws IOException {
        weights("model-1.safetensors", "model.a");
        index("{\"weight_map\":{\"model.a\":\"model-1.safetensors\",\"model.b\":\"model-2.safetensors\"}}");

        assertRefused("model-2.safetensors is missing, but model.safetensors.index.json names it");
    }

    @Test
    void aShardWithoutATensorOfTheIndexIsNamed() throws IOException {
        weights("model-1.safetensors", "model.a");
        index("{\"weight_map\":{\"model.a\":\"model-1.safetensors\",\"model.b\":\"model-1.safetensors\"}}");

        assertRefused("tensor model.b is not in model-1.safetensors");
    }

    @Test
    void anIndexMayNotLeaveTheDirectory() throws IOException {
        index("{\"weight_map\":{\"model.a\":\"../model-1.safetensors\"}}");

        assertRefused("'../model-1.safetensors' is not the name of a safetensors file in this directory");
    }

    @Test
    void aTensorInTwoShardsIsRefused() throws IOException {
        weights("model-1.safetensors", "model.a", "model.c");
        weights("model-2.safetensors", "model.b", "model.c");
        index("{\"weight_map\":{\"model.a\":\"model-1.safetensors\",\"model.b\":\"model-2.safetensors\"}}");

        assertRefused("tensor model.c is also model.c of model-1.safetensors");
    }

    @Test
    void aMissingTensorIsRefusedByNameAndShape() {
        weights("model.safetensors", "model.a");

        assertThatThrownBy(() -> Checkpoint.open(directory).require("model.language_model.b", 3, 4))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("tensor model.language_model.b is missing, expected shape [3, 4]");
    }

    @Test
    void aTensorOfAnotherShapeIsRefusedByBothShapes() {
        weights("model.safetensors", "model.a");

        assertThatThrownBy(() -> Checkpoint.open(directory).require("model.language_model.a", 3, 4))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("tensor model.a has shape [1], config.json makes it [3, 4]");
    }

    @Test
    void picklesAreRefusedSayingWhy() throws IOException {
        Files.write(directory.resolve("pytorch_model.bin"), new byte[] {(byte) 0x80, 2});

        assertRefused("only there as pickles (pytorch_model.bin); opening a pickle runs the code inside it");
    }

    @Test
    void whatIsMissingIsSaidInOneSentence() throws IOException {
        assertRefused("the weights are missing, expected model.safetensors or model.safetensors.index.json");
        Files.delete(directory.resolve("tokenizer.json"));
        assertRefused("tokenizer.json is missing");
        Files.delete(directory.resolve("config.json"));
        assertRefused("config.json is missing");
        assertThatThrownBy(() -> Checkpoint.open(directory.resolve("none")))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("no model directory at");
    }

    @Test
    void theFingerprintChangesWithTheWeights() throws IOException {
        weights("model.safetensors", "model.a", "model.b");
        String before = Checkpoint.open(directory).fingerprint();

        assertThat(before).startsWith(directory.getFileName() + "-").matches(".*-[0-9a-f]{8}");
        assertThat(Checkpoint.open(directory).fingerprint()).isEqualTo(before);

        byte[] bytes = Files.readAllBytes(directory.resolve("model.safetensors"));
        bytes[bytes.length - 1] ^= 1;
        Files.write(directory.resolve("model.safetensors"), bytes);
        assertThat(Checkpoint.open(directory).fingerprint()).isNotEqualTo(before);
    }

    @Test
    void theFingerprintIsTheSameForShards() throws IOException {
        weights("model.safetensors", "model.a", "model.b");
        String single = Checkpoint.open(directory).fingerprint();
        weights("model-1.safetensors", "model.a");
        weights("model-2.safetensors", "model.b");
        index("{\"weight_map\":{\"model.a\":\"model-1.safetensors\",\"model.b\":\"model-2.safetensors\"}}");

        assertThat(Checkpoint.open(directory).fingerprint()).isEqualTo(single);
    }

    private void weights(String file, String... names) {
        StringBuilder header = new StringBuilder();
        for (int i = 0; i < names.length; i++) {
            header.append(i == 0 ? "{" : ",")
                    .append(String.format(
                            "\"%s\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[%d,%d]}",
                            names[i], 4 * i, 4 * i + 4));
        }
        SafetensorsWriter.write(directory.resolve(file), header.append("}").toString(), new byte[4 * names.length]);
    }

    private void index(String json) throws IOException {
        Files.writeString(directory.resolve("model.safetensors.index.json"), json);
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() -> Checkpoint.open(directory))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(message);
    }
}
