// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import dev.longwatch.model.pixels.PatchGrid;
import dev.longwatch.model.weights.Checkpoint;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The embedded model on a 16 s clip against transformers, with the same threads and the same prompt: prefill of 448
 * visual tokens and a question, then decoding token by token. Needs {@code -Dlongwatch.python=PYTHON} with the packages of
 * src/test/parity/requirements.txt; {@code -Dlongwatch.model=DIRECTORY} takes another model.
 */
@Tag("bench")
class NetworkBench {

    private static final int ROUNDS = 12;
    private static final int TOKENS = 32;
    private static final int QUESTIONS = 8;
    private static final PatchGrid GRID = new PatchGrid(16, 8, 14);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    private BenchQuestions questions;
    private List<Integer> words;
    private float[] firstScores;

    /** Milliseconds of wall clock and of processor time. */
    private record Spent(double wall, double processor) {

        static Spent since(Spent start) {
            Spent now = now();
            return new Spent(now.wall - start.wall, now.processor - start.processor);
        }

        static Spent now() {
            OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            return new Spent(System.nanoTime() / 1e6, system.getProcessCpuTime() / 1e6);
        }

        Spent per(int count) {
            return new Spent(wall / count, processor / count);
        }

        Spent best(Spent other) {
            return new Spent(Math.min(wall, other.wall), Math.min(processor, other.processor));
        }
    }

    @Test
    void theEmbeddedModelBesideTheReference() throws Exception {
        String python = System.getProperty("longwatch.python");
        Assumptions.assumeTrue(
                python != null,
                "no reference to compare with: give -Dlongwatch.python=PATH_TO_PYTHON with transformers");
        Path model = Path.of(System.getProperty("longwatch.model", "src/main/resources/dev/longwatch/model/nano"));
        try (QwenVl network = QwenVl.load(Checkpoint.open(model), "cpu")) {
            questions = BenchQuestions.about("a red car comes in", model, GRID, QUESTIONS);
            Spent none = new Spent(Double.MAX_VALUE, Double.MAX_VALUE);
            Spent prefill = none;
            Spent decode = none;
            Spent batch = none;
            for (int round = 0; round < ROUNDS; round++) {
                Spent[] one = round(network, 1);
                prefill = prefill.best(one[0]);
                decode = decode.best(one[1]);
                List<Integer> alone = words;
                Spent[] many = round(network, QUESTIONS);
                batch = batch.best(new Spent(
                        many[0].wall + many[1].wall * TOKENS, many[0].processor + many[1].processor * TOKENS));
                words = alone;
            }
            JsonNode reference = reference(python, model, network.config());

            // faster and wrong would be no news
            assertThat(JSON.convertValue(reference.path("words"), int[].class))
                    .containsExactly(words.stream().mapToInt(Integer::intValue).toArray());
            for (int i = 0; i < 5; i++) {
                assertThat(firstScores[i])
                        .isCloseTo(
                                (float) reference.path("first_scores").path(i).asDouble(), within(1e-4f));
            }
            Spent referencePrefill = spent(reference.path("prefill_ms"));
            Spent referenceDecode = spent(reference.path("decode_ms"));
            System.out.printf(
                    "%s, %d threads, best of %d rounds, wall clock (processor time) in ms%n",
                    model.getFileName(), TorchScript.threads(), ROUNDS);
            print("prefill of " + questions.tokens() + " tokens with vision", prefill, referencePrefill);
            print("decoding one token", decode, referenceDecode);
            print(
                    QUESTIONS + " questions of " + TOKENS + " tokens about one clip",
                    batch,
                    new Spent(
                            QUESTIONS * (referencePrefill.wall + TOKENS * referenceDecode.wall),
                            QUESTIONS * (referencePrefill.processor + TOKENS * referenceDecode.processor)));
        }
    }

    /** Prefill up to the first scores, then one more token at a time. */
    private Spent[] round(QwenVl network, int count) throws IOException {
        float[] pixels = questions.pixels();
        Spent start = Spent.now();
        List<VisualFeatures> features = network.encode(pixels, GRID);
        try (SharedPrefix prefix =
                        network.prefix(questions.prefix(), List.of(questions.block(network.config())), features);
                Branches branches = network.branch(prefix, questions.prompts().subList(0, count))) {
            words = new ArrayList<>(List.of(branches.next().get(0).token(0)));
            Spent prefill = Spent.since(start);
            firstScores = Arrays.copyOf(branches.logits().toFloatArray(), 5);
            start = Spent.now();
            int[] all = IntStream.range(0, count).toArray();
            for (int step = 0; step < TOKENS; step++) {
                int word = words.get(step);
                branches.take(all, IntStream.of(all).map(any -> word).toArray());
                words.add(branches.next().get(0).token(0));
            }
            return new Spent[] {prefill, Spent.since(start).per(TOKENS)};
        } finally {
            features.forEach(VisualFeatures::close);
        }
    }

    private JsonNode reference(String python, Path model, QwenVlConfig config)
            throws IOException, InterruptedException {
        Map<String, Object> request = questions.json(config);
        request.putAll(Map.of("threads", TorchScript.threads(), "rounds", ROUNDS, "tokens", TOKENS));
        Path file = directory.resolve("request.json");
        JSON.writeValue(file.toFile(), request);
        Path errors = directory.resolve("errors.txt");
        Process process = new ProcessBuilder(python, "src/test/bench/reference.py", model.toString(), file.toString())
                .redirectError(errors.toFile())
                .start();
        String line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
        return JSON.readTree(line);
    }

    private static Spent spent(JsonNode milliseconds) {
        return new Spent(milliseconds.path(0).asDouble(), milliseconds.path(1).asDouble());
    }

    private static void print(String what, Spent here, Spent reference) {
        System.out.printf(
                "  %-45s here %8.2f (%8.2f)   reference %8.2f (%8.2f)   times faster %.2f (%.2f)%n",
                what,
                here.wall,
                here.processor,
                reference.wall,
                reference.processor,
                reference.wall / here.wall,
                reference.processor / here.processor);
    }
}
