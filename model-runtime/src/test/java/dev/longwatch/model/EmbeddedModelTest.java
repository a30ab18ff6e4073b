// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longwatch.model.VideoModel.PictureSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedModelTest {

    private static final Map<String, byte[]> FILES =
            Map.of("config.json", new byte[] {1}, "model.safetensors", new byte[99]);

    @TempDir
    Path cache;

    @Test
    void filesAreCopiedOnce() throws IOException {
        Path first = EmbeddedModel.copy(FILES, cache);
        FileTime written = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(first.resolve("config.json"), written);

        Path second = EmbeddedModel.copy(FILES, cache);

        assertThat(second).isEqualTo(first).hasFileName("nano");
        assertThat(Files.getLastModifiedTime(second.resolve("config.json"))).isEqualTo(written);
        assertThat(names(second)).containsExactlyInAnyOrder("config.json", "model.safetensors");
    }

    @Test
    void aFileThatWasCutShortIsWrittenAnew() throws IOException {
        Path copy = EmbeddedModel.copy(FILES, cache);
        Files.write(copy.resolve("model.safetensors"), new byte[3]);

        EmbeddedModel.copy(FILES, cache);

        assertThat(copy.resolve("model.safetensors")).hasBinaryContent(new byte[99]);
    }

    @Test
    void anotherModelGetsAnotherPlace() {
        Path other = EmbeddedModel.copy(Map.of("config.json", new byte[] {2}), cache);

        assertThat(EmbeddedModel.copy(FILES, cache)).isNotEqualTo(other);
    }

    @Test
    void theEmbeddedModelAnswersWithoutBeingToldWhereItIs() {
        Assumptions.assumeTrue(
                EmbeddedModel.class.getResource("nano/model.safetensors") != null,
                "the weights are not there: train them by training/train.sh");
        System.setProperty("longwatch.cache", cache.toString());
        try (VideoModel model = VideoModel.embedded()) {
            PictureSize size = model.fit(1280, 720);
            Clip clip = TestClips.noise(size.width(), size.height(), 32, 2, 0);

            List<Answer> answers = model.answer(clip, List.of(Question.ground("a red car"), Question.describe()));

            assertThat(size).isEqualTo(new PictureSize(280, 168));
            assertThat(model.fingerprint()).matches("nano-[0-9a-f]{8}");
            assertThat(answers.get(0).readable()).isTrue();
            assertThat(model.refusal(Question.ground("a submarine"))).isPresent();
            assertThat(model.refusal(Question.ground("a car leaves"))).isEmpty();
            assertThat(model.refusal(Question.ask("what does the driver think?")))
                    .isPresent();
        } finally {
            System.clearProperty("longwatch.cache");
        }
    }

    @Test
    void manyMayCopyAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Path>> copies = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                copies.add(threads.submit(() -> EmbeddedModel.copy(FILES, cache)));
            }
            for (Future<Path> copy : copies) {
                assertThat(names(copy.get())).contains("config.json", "model.safetensors");
                assertThat(copy.get().resolve("model.safetensors")).hasSize(99);
            }
        } finally {
            threads.shutdown();
        }
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
