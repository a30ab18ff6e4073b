// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longwatch.model.ModelException;
import dev.longwatch.model.pixels.PatchGrid;
import dev.longwatch.model.weights.Checkpoint;
import dev.longwatch.model.weights.SafetensorsWriter;
import dev.longwatch.model.weights.TensorEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tiny checkpoint in the layouts that are published, and such as do not fit. */
class QwenVlTest {

    @TempDir
    Path directory;

    private Map<String, TensorEntry> tensors;

    @BeforeEach
    void copy() throws IOException {
        for (String file : List.of("config.json", "tokenizer.json")) {
            Files.copy(Goldens.TINY.resolve(file), directory.resolve(file));
        }
        tensors = new LinkedHashMap<>();
        Checkpoint.open(Goldens.TINY).tensors().values().forEach(entry -> tensors.put(entry.name(), entry));
    }

    @Test
    void aShardedCopyGivesTheSameNumbers() throws IOException {
        List<String> names = new ArrayList<>(tensors.keySet());
        StringBuilder index = new StringBuilder();
        for (int shard = 0; shard < 3; shard++) {
            String file = "model-0000" + (shard + 1) + "-of-00003.safetensors";
            Map<String, TensorEntry> part = new LinkedHashMap<>();
            for (int i = shard; i < names.size(); i += 3) {
                part.put(names.get(i), tensors.get(names.get(i)));
                index.append(index.length() == 0 ? "" : ",").append("\"" + names.get(i) + "\":\"" + file + "\"");
            }
            SafetensorsWriter.write(directory.resolve(file), part);
        }
        Files.writeString(directory.resolve("model.safetensors.index.json"), "{\"weight_map\":{" + index + "}}");

        assertThat(scores(directory)).containsExactly(scores(Goldens.TINY));
    }

    @Test
    void theNestedConfigAndTheNewerNamesGiveTheSameNumbers() throws IOException {
        Files.copy(
                Goldens.ROOT.resolve("nested/config.json"),
                Files.createDirectory(directory.resolve("nested")).resolve("config.json"));
        Files.copy(directory.resolve("tokenizer.json"), directory.resolve("nested/tokenizer.json"));
        SafetensorsWriter.write(
                directory.resolve("nested/model.safetensors"),
                Checkpoint.open(Goldens.TINY).tensors());

        assertThat(scores(directory.resolve("nested"))).containsExactly(scores(Goldens.TINY));
    }

    @Test
    void tensorsThatStartAtAnOddByteAreReadAsWell() {
        Path file = directory.resolve("model.safetensors");
        SafetensorsWriter.write(file, tensors);
        shiftByOneByte(file);

        assertThat(scores(directory)).containsExactly(scores(Goldens.TINY));
    }

    @Test
    void aMissingTensorIsNamedBeforeAnythingRuns() {
        tensors.remove("visual.blocks.2.attn.qkv.bias");

        assertRefused("tensor model.visual.blocks.2.attn.qkv.bias is missing, expected shape [96]");
    }

    @Test
    void aTensorOfAnotherShapeIsNamedBeforeAnythingRuns() {
        tensors.put("model.layers.1.mlp.up_proj.weight", tensors.get("model.layers.1.mlp.down_proj.weight"));

        assertRefused("has shape [64, 80], config.json makes it [80, 64]");
    }

    @Test
    void aTensorThatConfigDoesNotAccountForIsNamed() throws IOException {
        config(json -> json.replace("\"num_hidden_layers\": 2", "\"num_hidden_layers\": 1"));

        assertRefused("tensor model.language_model.layers.1.");
    }

    @Test
    void anUntiedModelNeedsItsOutputMatrix() {
        tensors.remove("lm_head.weight");

        assertRefused("tensor lm_head.weight is missing, expected shape [272, 64]");
    }

    @Test
    void aTiedModelNeedsNone() throws IOException {
        tensors.remove("lm_head.weight");
        config(json -> json.replace("\"tie_word_embeddings\": false", "\"tie_word_embeddings\": true"));
        SafetensorsWriter.write(directory.resolve("model.safetensors"), tensors);

        assertThat(scores(directory)).hasSize(272).doesNotContain(Float.NaN);
    }

    @Test
    void pictureTokensMustMatchTheirPads() {
        try (QwenVl network = QwenVl.load(Checkpoint.open(Goldens.TINY), "cpu")) {
            PatchGrid grid = new PatchGrid(1, 2, 2);
            List<VisualFeatures> features = network.encode(Goldens.pixels(4), grid);

            assertThatThrownBy(() -> network.prefix(new int[] {5, 263, 263}, List.of(), features))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a prompt with 2 visual pads cannot take 1 visual tokens");
        }
    }

    @Test
    void aPromptOfWordsAloneScoresTheSameWhereverItsPrefixEnds() {
        try (QwenVl network = QwenVl.load(Checkpoint.open(Goldens.TINY), "cpu")) {
            float[] early = scores(network, new int[] {5}, new int[] {7, 11, 13, 17});
            float[] late = scores(network, new int[] {5, 7, 11, 13}, new int[] {17});

            assertThat(late).usingComparatorWithPrecision(1e-5f).containsExactly(early);
            assertThat(scores(network, new int[] {5, 7, 11, 14}, new int[] {17}))
                    .isNotEqualTo(late);
        }
    }

    @Test
    void aPromptOfWordsAloneHasNoPads() {
        try (QwenVl network = QwenVl.load(Checkpoint.open(Goldens.TINY), "cpu")) {
            int pad = network.config().tokens().videoPad();

            assertThatThrownBy(() -> network.prefix(new int[] {5, pad}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("expected a prompt of words, found 2 tokens, 1 of them visual pads");
        }
    }

    @Test
    void aDeviceThatTorchDoesNotKnowIsRefused() {
        assertThatThrownBy(() -> QwenVl.load(Checkpoint.open(Goldens.TINY), "gpu"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("device should be cpu or cuda:0, cuda:1 …, found 'gpu'");
    }

    @Test
    void aGpuIsRefusedWhereLibtorchHasNone() {
        Assumptions.assumeFalse(TorchScript.knowsGpus(), "this libtorch knows GPUs");

        assertThatThrownBy(() -> QwenVl.load(Checkpoint.open(Goldens.TINY), "cuda:7"))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("device cuda:7: this libtorch is for the processor only");
    }

    private void config(UnaryOperator<String> change) throws IOException {
        Path config = directory.resolve("config.json");
        String before = Files.readString(config);
        String after = change.apply(before);
        assertThat(after).isNotEqualTo(before);
        Files.writeString(config, after);
    }

    private void assertRefused(String message) {
        SafetensorsWriter.write(directory.resolve("model.safetensors"), tensors);
        assertThatThrownBy(() -> QwenVl.load(Checkpoint.open(directory), "cpu"))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(message);
    }

    /** A space more in the header moves all tensors by one byte. */
    private static void shiftByOneByte(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            ByteBuffer old = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            int length = (int) old.getLong(0);
            byte[] header = new byte[length + 1];
            System.arraycopy(bytes, Long.BYTES, header, 0, length);
            header[length] = ' ';
            byte[] data = Arrays.copyOfRange(bytes, Long.BYTES + length, bytes.length);
            SafetensorsWriter.write(file, length + 1L, header, data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the model thinks comes after some words. */
    private static float[] scores(QwenVl network, int[] prefix, int[] rest) {
        try (SharedPrefix words = network.prefix(prefix);
                Branches branches = network.branch(words, List.of(rest))) {
            return branches.logits().toFloatArray();
        }
    }

    /** What the model thinks comes after one small picture and a word. */
    private static float[] scores(Path directory) {
        try (QwenVl network = QwenVl.load(Checkpoint.open(directory), "cpu")) {
            PatchGrid grid = new PatchGrid(1, 4, 4);
            List<VisualFeatures> features = network.encode(Goldens.pixels(16), grid);
            int pad = network.config().tokens().videoPad();
            int[] ids = {5, pad, pad, pad, pad};
            try (SharedPrefix prefix = network.prefix(ids, List.of(VisualBlock.evenVideo(grid, 1, 2)), features);
                    Branches branches = network.branch(prefix, List.of(new int[] {7}))) {
                return branches.logits().toFloatArray();
            }
        }
    }
}
