// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longwatch.model.Frame;
import dev.longwatch.model.TestClips;
import dev.longwatch.model.pixels.PatchGrid;
import dev.longwatch.model.pixels.Patches;
import dev.longwatch.model.pixels.PreprocessorConfig;
import dev.longwatch.model.weights.Checkpoint;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The network on a GPU in bf16 against transformers there: how far the embedded model's scores are from those of float32,
 * and the speed at a published shape with random weights. src/test/bench/gpu.py is the other side and prints the table.
 * Needs {@code -Dlongwatch.python=PYTHON}; {@code -Dlongwatch.shape=7b} takes another shape than {@code 3b}, and
 * {@code -Dlongwatch.pictures=FILE} other pictures than noise, such as
 * {@code ffmpeg -i sample/street.mp4 -vf fps=2,scale=196:112 -pix_fmt rgb24 -f rawvideo FILE}.
 *
 * <p>Also runs without Maven and without the tokenizer's library, from the requests that {@code requests} left; see
 * {@link #main}.
 */
@Tag("bench")
class GpuBench {

    private static final List<String> EVENTS = List.of("a car stops", "a dog leaves", "a bus stops", "a person leaves");
    private static final int QUESTIONS = 8;
    private static final int TOKENS = 32;
    private static final int WARM_UPS = 2;
    private static final Path NANO = Path.of("src/main/resources/dev/longwatch/model/nano");

    /** 16 s at two pictures a second, 196 x 112 and 448 x 252. */
    private static final PatchGrid NANO_GRID = new PatchGrid(16, 8, 14);

    private static final PatchGrid PUBLISHED_GRID = new PatchGrid(16, 18, 32);

    /** The ids of published checkpoints (spec section 1.2). */
    private static final QwenVlConfig.Tokens PUBLISHED =
            new QwenVlConfig.Tokens(151_655, 151_656, 151_652, 151_653, List.of(151_645));

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    /**
     * <pre>
     * requests NANO DIRECTORY              writes nano.json and published.json, and the pixels of nano's clips
     * measure MODEL DEVICE REQUEST RESULT  what the network makes of a request; DEVICE may end in -fp32 or -bf16
     * </pre>
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments[0].equals("requests")) {
            writeRequests(Path.of(arguments[1]), Path.of(arguments[2]));
        } else {
            measure(Path.of(arguments[1]), placement(arguments[2]), Path.of(arguments[3]), Path.of(arguments[4]));
        }
    }

    @Test
    void theGpuBesideTheReference() throws Exception {
        String python = System.getProperty("longwatch.python");
        Assumptions.assumeTrue(
                python != null,
                "no reference to compare with: give -Dlongwatch.python=PATH_TO_PYTHON with transformers");
        Assumptions.assumeTrue(Devices.noGpu().isEmpty(), () -> Devices.noGpu().orElse("a GPU appeared"));
        writeRequests(NANO, directory);
        Path checkpoint = directory.resolve("published");
        String shape = System.getProperty("longwatch.shape", "3b");
        run(python, "reference", NANO.toString(), "cuda:0", shape, checkpoint.toString(), directory.toString());
        measure(NANO, placement("cuda:0"), directory.resolve("nano.json"), directory.resolve("java-nano"));
        measure(
                checkpoint,
                placement("cuda:0"),
                directory.resolve("published.json"),
                directory.resolve("java-published"));
        run(python, "report", directory.toString());
    }

    private void run(String python, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(python, "src/test/bench/gpu.py"));
        command.addAll(List.of(arguments));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    /** {@code cuda:0} as the product places it, or a device with a number format. */
    private static Placement placement(String text) {
        if (text.endsWith("-fp32")) {
            return new Placement(text.replace("-fp32", ""), TorchScript.FLOAT32);
        }
        if (text.endsWith("-bf16")) {
            return new Placement(text.replace("-bf16", ""), TorchScript.BFLOAT16);
        }
        return Placement.of(text);
    }

    /** Words that float32 takes are what both sides are made to read. */
    private static void writeRequests(Path nano, Path directory) throws IOException {
        try (QwenVl network = QwenVl.load(Checkpoint.open(nano), Devices.PROCESSOR)) {
            QwenVlConfig config = network.config();
            List<Map<String, Object>> clips = new ArrayList<>();
            Patches patches = new Patches(PreprocessorConfig.read(nano));
            for (int clip = 0; clip < EVENTS.size(); clip++) {
                BenchQuestions open = BenchQuestions.about(EVENTS.get(clip), nano, NANO_GRID, QUESTIONS)
                        .withPixels(patches.rows(pictures(clip)), directory.resolve("nano-" + clip + ".f32"));
                clips.add(open.withWords(new Measured(network, open).free()).json(config));
            }
            write(directory.resolve("nano.json"), clips, 5);
            QwenVlConfig published = new QwenVlConfig(config.family(), config.text(), config.vision(), PUBLISHED);
            BenchQuestions any = BenchQuestions.anyWords(PUBLISHED, PUBLISHED_GRID, 14, QUESTIONS, 40, TOKENS);
            write(directory.resolve("published.json"), List.of(any.json(published)), 5);
        }
    }

    private static List<Frame> pictures(int clip) throws IOException {
        int width = 14 * NANO_GRID.w();
        int height = 14 * NANO_GRID.h();
        int frames = 2 * NANO_GRID.t();
        String file = System.getProperty("longwatch.pictures");
        if (file == null) {
            return TestClips.noise(width, height, frames, 2, clip * frames).frames();
        }
        byte[] all = Files.readAllBytes(Path.of(file));
        int bytes = 3 * width * height;
        return IntStream.range(0, frames)
                .mapToObj(i -> {
                    int from = (clip * frames + i) * bytes;
                    return new Frame(width, height, Arrays.copyOfRange(all, from, from + bytes), i / 2.0);
                })
                .toList();
    }

    private static void write(Path file, List<Map<String, Object>> clips, int rounds) throws IOException {
        JSON.writeValue(file.toFile(), Map.of("clips", clips, "rounds", rounds));
    }

    private static void measure(Path model, Placement placement, Path request, Path result) throws IOException {
        JsonNode asked = JSON.readTree(request.toFile());
        List<BenchQuestions> clips = new ArrayList<>();
        for (JsonNode clip : asked.path("clips")) {
            clips.add(BenchQuestions.of(clip, request.toAbsolutePath().getParent()));
        }
        Map<String, Object> measured = new LinkedHashMap<>();
        measured.put("engine", Devices.engine());
        measured.put("preferred", Devices.noGpu().orElseGet(Devices::preferred));
        measured.put("placement", placement.toString());
        long start = System.nanoTime();
        try (QwenVl network = QwenVl.load(Checkpoint.open(model), placement)) {
            measured.put("load_ms", (System.nanoTime() - start) / 1e6);
            try (OutputStream scores = Files.newOutputStream(Path.of(result + ".f32"))) {
                for (BenchQuestions clip : clips) {
                    new Measured(network, clip).scores(scores);
                }
            }
            // whoever waits for the other side's numbers should not lose these to a fault in what follows
            JSON.writeValue(Path.of(result + ".json").toFile(), measured);
            if (placement.dtype() == TorchScript.FLOAT32) {
                return; // is there to be compared with, not for its speed
            }
            Measured first = new Measured(network, clips.get(0));
            for (int round = 0; round < WARM_UPS; round++) {
                first.round(new Rounds());
            }
            Rounds rounds = new Rounds();
            for (int round = 0; round < asked.path("rounds").asInt(); round++) {
                first.round(rounds);
            }
            measured.putAll(rounds.milliseconds);
            JSON.writeValue(Path.of(result + ".json").toFile(), measured);
        }
    }

    /** Milliseconds of every round by what was measured. */
    private static final class Rounds {

        private final Map<String, List<Double>> milliseconds = new LinkedHashMap<>();

        /** @return the instant from which to count on */
        long add(String what, long since, int times) {
            long now = System.nanoTime();
            milliseconds.computeIfAbsent(what, any -> new ArrayList<>()).add((now - since) / 1e6 / times);
            return now;
        }
    }

    /** One clip and its questions put to the network. */
    private record Measured(QwenVl network, BenchQuestions questions) {

        /** What the first question is answered with, greedily. */
        int[] free() throws IOException {
            int[] words = new int[TOKENS];
            List<VisualFeatures> features = network.encode(questions.pixels(), questions.grid());
            try (SharedPrefix prefix = prefix(features);
                    Branches branches = branches(prefix, 1)) {
                for (int step = 0; step < TOKENS; step++) {
                    words[step] = branches.next().get(0).token(0);
                    branches.take(new int[1], new int[] {words[step]});
                }
            } finally {
                features.forEach(VisualFeatures::close);
            }
            return words;
        }

        /** The first question's scores before each of its words and after the last. */
        void scores(OutputStream out) throws IOException {
            List<VisualFeatures> features = network.encode(questions.pixels(), questions.grid());
            try (SharedPrefix prefix = prefix(features);
                    Branches branches = branches(prefix, 1)) {
                out.write(BenchQuestions.bytes(branches.logits().toFloatArray()));
                for (int word : questions.words()) {
                    branches.take(new int[1], new int[] {word});
                    out.write(BenchQuestions.bytes(branches.logits().toFloatArray()));
                }
            } finally {
                features.forEach(VisualFeatures::close);
            }
        }

        /** One question by its parts, then all of them together; each part ends when the host has a number of it. */
        void round(Rounds rounds) throws IOException {
            float[] pixels = questions.pixels();
            long at = System.nanoTime();
            try (NDManager scope = network.vision().script().scope()) {
                network.vision()
                        .arguments(scope, pixels, List.of(questions.grid()))
                        .close();
            }
            at = rounds.add("vision_arguments", at, 1);
            List<VisualFeatures> features = network.encode(pixels, questions.grid());
            try {
                waitFor(features);
                at = rounds.add("vision", at, 1);
                try (SharedPrefix prefix = prefix(features);
                        Branches branches = branches(prefix, 1)) {
                    branches.next();
                    at = rounds.add("prefill", at, 1);
                    answer(branches, 1);
                    rounds.add("token", at, questions.words().length);
                }
            } finally {
                features.forEach(VisualFeatures::close);
            }
            long begin = System.nanoTime();
            features = network.encode(pixels, questions.grid());
            try (SharedPrefix prefix = prefix(features);
                    Branches branches = branches(prefix, questions.prompts().size())) {
                branches.next();
                at = System.nanoTime();
                answer(branches, questions.prompts().size());
                rounds.add("token_of_all", at, questions.words().length);
                rounds.add("questions", begin, 1);
            } finally {
                features.forEach(VisualFeatures::close);
            }
        }

        private void answer(Branches branches, int count) {
            int[] all = IntStream.range(0, count).toArray();
            for (int word : questions.words()) {
                branches.take(all, IntStream.of(all).map(any -> word).toArray());
                branches.next();
            }
        }

        private SharedPrefix prefix(List<VisualFeatures> features) {
            return network.prefix(questions.prefix(), List.of(questions.block(network.config())), features);
        }

        private Branches branches(SharedPrefix prefix, int count) {
            return network.branch(prefix, questions.prompts().subList(0, count));
        }

        private static void waitFor(List<VisualFeatures> features) {
            try (NDArray row = features.get(0).tensor().get(0);
                    NDArray numbers = row.toType(DataType.FLOAT32, true)) {
                numbers.toFloatArray();
            }
        }
    }
}
