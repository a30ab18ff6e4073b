// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longwatch.model.generate.Ranking;
import dev.longwatch.model.pixels.PatchGrid;
import dev.longwatch.model.weights.Checkpoint;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every box of the network against the reference, on a tiny random checkpoint; see src/test/parity. */
class TinyParityTest {

    /** float32 on both sides; sums in another order differ by some units in the last place, and layers add them up. */
    private static final float TOLERANCE = 5e-6f;

    /** Section 0 of the specification asks for 1e-4; scores here go up to about 10. */
    private static final float LOGIT_TOLERANCE = 1e-5f;

    /** Three temporal patches 0.75 s apart, windows cut off at the right and below. */
    private static final Prompt VIDEO =
            new Prompt("video", List.of(VisualBlock.evenVideo(new PatchGrid(3, 6, 10), 0.75, 2)));

    /** An image, then a video whose temporal patches are 1.25 s apart, with text between. */
    private static final Prompt MIXED = new Prompt(
            "mixed",
            List.of(VisualBlock.image(new PatchGrid(1, 4, 6)), VisualBlock.evenVideo(new PatchGrid(2, 4, 8), 1.25, 2)));

    private static QwenVl network;

    @BeforeAll
    static void load() {
        network = QwenVl.load(Checkpoint.open(Goldens.TINY), "cpu");
    }

    @AfterAll
    static void close() {
        network.close();
    }

    @Test
    void theGoldensWereMadeFromThisCheckpoint() throws Exception {
        byte[] weights = Files.readAllBytes(Goldens.TINY.resolve("model.safetensors"));
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(weights));

        assertThat(new ObjectMapper()
                        .readTree(Files.readAllBytes(Goldens.ROOT.resolve("manifest.json")))
                        .path("checkpoint_sha256")
                        .asText())
                .as("rebuild by src/test/parity/make_goldens.py")
                .isEqualTo(digest);
    }

    @Test
    void everyBoxOfTheVisionTowerEqualsTheReferenceOnAVideo() {
        checkVision(VIDEO.goldens(), VIDEO.blocks.get(0), "");
    }

    @Test
    void everyBoxOfTheVisionTowerEqualsTheReferenceOnAnImageAndAVideo() {
        checkVision(MIXED.goldens(), MIXED.blocks.get(0), "@0");
        checkVision(MIXED.goldens(), MIXED.blocks.get(1), "@1");
    }

    @Test
    void positionsEqualTheReferences() {
        for (Prompt prompt : List.of(VIDEO, MIXED)) {
            assertThat(Arrays.stream(prompt.positions().ids()).flatMapToInt(Arrays::stream))
                    .containsExactly(Arrays.stream(prompt.goldens().ints("positions"))
                            .boxed()
                            .toArray(Integer[]::new));
        }
    }

    @Test
    void everyBoxOfTheDecoderEqualsTheReferenceOnAVideo() {
        checkDecoder(VIDEO);
    }

    @Test
    void everyBoxOfTheDecoderEqualsTheReferenceOnAnImageAndAVideo() {
        checkDecoder(MIXED);
    }

    @Test
    void theGreedyContinuationIsTheReferencesWithoutACache() {
        for (Prompt prompt : List.of(VIDEO, MIXED)) {
            int[] expected = prompt.goldens().ints("continuation");
            List<Integer> found = new ArrayList<>();
            try (Encoded encoded = new Encoded(prompt)) {
                int[] ids = prompt.ids();
                while (found.size() < expected.length) {
                    int word = lastBest(encoded, ids);
                    found.add(word);
                    ids = Arrays.copyOf(ids, ids.length + 1);
                    ids[ids.length - 1] = word;
                }
            }
            assertThat(found).as(prompt.name).containsExactly(boxed(expected));
        }
    }

    @Test
    void theGreedyContinuationIsTheReferencesBehindASharedPrefix() {
        for (Prompt prompt : List.of(VIDEO, MIXED)) {
            int[] expected = prompt.goldens().ints("continuation");
            List<Integer> found = new ArrayList<>();
            try (Encoded encoded = new Encoded(prompt);
                    SharedPrefix prefix = encoded.prefix();
                    Branches branches = network.branch(prefix, List.of(prompt.suffix()))) {
                while (found.size() < expected.length) {
                    found.add(branches.next().get(0).token(0));
                    branches.take(new int[] {0}, new int[] {found.get(found.size() - 1)});
                }
            }
            assertThat(found).as(prompt.name).containsExactly(boxed(expected));
        }
    }

    @Test
    void theLogitsBehindASharedPrefixEqualTheReferences() {
        for (Prompt prompt : List.of(VIDEO, MIXED)) {
            float[] all = prompt.goldens().floats("logits");
            int words = network.config().text().vocabSize();
            try (Encoded encoded = new Encoded(prompt);
                    SharedPrefix prefix = encoded.prefix();
                    Branches branches = network.branch(prefix, List.of(prompt.suffix()))) {
                new TapDiff(prompt.goldens(), LOGIT_TOLERANCE)
                        .check(
                                "last logits of " + prompt.name,
                                branches.logits().toFloatArray(),
                                Arrays.copyOfRange(all, all.length - words, all.length));
            }
        }
    }

    /** What a GPU runs, here on the processor: no box may fall out of its number format. */
    @Test
    void inBfloat16TheLogitsStayNearTheReferences() {
        float[] all = VIDEO.goldens().floats("logits");
        int words = network.config().text().vocabSize();
        float[] expected = Arrays.copyOfRange(all, all.length - words, all.length);
        try (QwenVl rounded = QwenVl.load(Checkpoint.open(Goldens.TINY), new Placement("cpu", TorchScript.BFLOAT16));
                Encoded encoded = new Encoded(rounded, VIDEO);
                SharedPrefix prefix = encoded.prefix();
                Branches branches = rounded.branch(prefix, List.of(VIDEO.suffix()))) {
            float[] found = branches.logits().toFloatArray();

            assertThat(correlation(found, expected)).isBetween(0.99, 0.999999);
        }
    }

    @Test
    void questionsOfUnlikeLengthAnswerTogetherAsTheyDoAlone() {
        List<int[]> questions =
                List.of(new int[] {260, 8, 9}, new int[] {260, 40, 41, 42, 43, 44, 45}, new int[] {260});
        try (Encoded encoded = new Encoded(VIDEO);
                SharedPrefix prefix = encoded.prefix()) {
            List<List<Integer>> alone = questions.stream()
                    .map(question -> continuations(prefix, List.of(question), new int[] {9})
                            .get(0))
                    .toList();
            // the second is finished first, so that the batch shrinks in its middle
            List<List<Integer>> together = continuations(prefix, questions, new int[] {9, 4, 9});

            assertThat(together.get(0)).isEqualTo(alone.get(0));
            assertThat(together.get(1)).isEqualTo(alone.get(1).subList(0, 4));
            assertThat(together.get(2)).isEqualTo(alone.get(2));
        }
    }

    @Test
    void aRankingHoldsEveryTokenOnceByFallingProbability() {
        try (Encoded encoded = new Encoded(VIDEO);
                SharedPrefix prefix = encoded.prefix();
                Branches branches = network.branch(prefix, List.of(VIDEO.suffix()))) {
            Ranking ranking = branches.next().get(0);

            assertThat(IntStream.range(0, ranking.size()).map(ranking::token)).doesNotHaveDuplicates();
            assertThat(IntStream.range(0, ranking.size())
                            .mapToObj(rank -> -ranking.probability(rank))
                            .toList())
                    .isSorted();
            assertThat(IntStream.range(0, ranking.size())
                            .mapToDouble(ranking::probability)
                            .sum())
                    .isBetween(1 - 1e-5, 1 + 1e-5);
        }
    }

    private static double correlation(float[] a, float[] b) {
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += (double) a[i] * b[i];
            aa += (double) a[i] * a[i];
            bb += (double) b[i] * b[i];
        }
        return ab / Math.sqrt(aa * bb);
    }

    private static List<List<Integer>> continuations(SharedPrefix prefix, List<int[]> questions, int[] lengths) {
        List<List<Integer>> found = new ArrayList<>();
        questions.forEach(question -> found.add(new ArrayList<>()));
        List<Integer> open =
                new ArrayList<>(IntStream.range(0, questions.size()).boxed().toList());
        try (Branches branches = network.branch(prefix, questions)) {
            while (true) {
                List<Ranking> next = branches.next();
                List<Integer> sequences = new ArrayList<>();
                List<Integer> tokens = new ArrayList<>();
                List<Integer> stillOpen = new ArrayList<>();
                for (int i = 0; i < open.size(); i++) {
                    List<Integer> text = found.get(open.get(i));
                    text.add(next.get(i).token(0));
                    if (text.size() < lengths[open.get(i)]) {
                        sequences.add(i);
                        tokens.add(next.get(i).token(0));
                        stillOpen.add(open.get(i));
                    }
                }
                if (sequences.isEmpty()) {
                    return found;
                }
                branches.take(ints(sequences), ints(tokens));
                open = stillOpen;
            }
        }
    }

    private static void checkVision(Goldens goldens, VisualBlock block, String call) {
        TapDiff diff = new TapDiff(goldens, TOLERANCE);
        TorchScript script = network.vision().script();
        try (NDManager scope = script.scope()) {
            float[] pixels = Goldens.pixels(block.grid().patches());
            VisionTower.Arguments in = network.vision().arguments(scope, pixels, List.of(block.grid()));
            NDArray x = script.tensor(scope, "patch_embed", in.pixels());
            diff.check("vision.patch_embed" + call, x);
            x = script.tensor(scope, "to_windows", x, in.order());
            NDList angles = script.tensors(scope, "angles", in.places(), in.order());
            for (int i = 0; i < network.config().vision().depth(); i++) {
                boolean full = network.config().vision().fullAttention().contains(i);
                NDList rows = full ? in.fullRows() : in.windowRows();
                int[] lengths = full ? in.fullLengths() : in.windowLengths();
                NDArray attention =
                        script.tensor(scope, "attention", i, x, angles.get(0), angles.get(1), rows, lengths);
                diff.check("vision." + i + ".attn" + call, attention);
                x = script.tensor(scope, "block", i, x, angles.get(0), angles.get(1), rows, lengths);
                diff.check("vision." + i + call, x);
            }
            diff.check("vision.merged" + call, network.vision().encode(scope, pixels, List.of(block.grid())));
        }
    }

    private static void checkDecoder(Prompt prompt) {
        TapDiff diff = new TapDiff(prompt.goldens(), TOLERANCE);
        TorchScript script = network.decoder().script();
        try (Encoded encoded = new Encoded(prompt);
                NDManager scope = script.scope()) {
            int[] ids = prompt.ids();
            NDArray x = encoded.embed(scope, ids);
            NDList angles = script.tensors(scope, "angles", prompt.positions(scope, ids));
            NDArray cache = script.tensor(scope, "empty_prefix", ids.length);
            for (int i = 0; i < network.config().text().layers(); i++) {
                NDList qkv = script.tensors(scope, "project", i, x, angles.get(0), angles.get(1));
                NDArray found = script.tensor(scope, "causal", qkv.get(0), qkv.get(1), qkv.get(2));
                diff.check("decoder." + i + ".attn", script.tensor(scope, "output", i, found));
                x = script.tensor(scope, "prefix_layer", i, x, angles.get(0), angles.get(1), cache);
                diff.check("decoder." + i, x);
            }
            new TapDiff(prompt.goldens(), LOGIT_TOLERANCE).check("logits", script.tensor(scope, "logits", x));
        }
    }

    /** The best next word by running the whole sequence anew. */
    private static int lastBest(Encoded encoded, int[] ids) {
        TorchScript script = network.decoder().script();
        try (NDManager scope = script.scope()) {
            NDArray x = encoded.embed(scope, ids);
            NDList angles = script.tensors(scope, "angles", encoded.prompt.positions(scope, ids));
            NDArray cache = script.tensor(scope, "empty_prefix", ids.length);
            for (int i = 0; i < network.config().text().layers(); i++) {
                x = script.tensor(scope, "prefix_layer", i, x, angles.get(0), angles.get(1), cache);
            }
            float[] logits = script.tensor(scope, "logits", x).toFloatArray();
            int words = network.config().text().vocabSize();
            int start = logits.length - words;
            return IntStream.range(0, words)
                    .reduce((a, b) -> logits[start + b] > logits[start + a] ? b : a)
                    .orElseThrow();
        }
    }

    private static int[] ints(List<Integer> numbers) {
        return numbers.stream().mapToInt(Integer::intValue).toArray();
    }

    private static Integer[] boxed(int[] numbers) {
        return Arrays.stream(numbers).boxed().toArray(Integer[]::new);
    }

    /** A prompt of the goldens. */
    private record Prompt(String name, List<VisualBlock> blocks) {

        Goldens goldens() {
            return Goldens.of(name);
        }

        int[] ids() {
            return goldens().ints("ids");
        }

        PositionIds positions() {
            return positions(ids());
        }

        PositionIds positions(int[] ids) {
            QwenVlConfig.Tokens tokens = network.config().tokens();
            return PositionIds.of(ids, tokens.imagePad(), tokens.videoPad(), 2, blocks);
        }

        NDArray positions(NDManager scope, int[] ids) {
            return scope.create(Decoder.longs(positions(ids).ids()), new Shape(3, 1, ids.length));
        }

        /** What follows the last visual pad. */
        int[] suffix() {
            int[] ids = ids();
            int end = ids.length;
            while (ids[end - 1] != network.config().tokens().videoPad()) {
                end--;
            }
            return Arrays.copyOfRange(ids, end, ids.length);
        }
    }

    /** A prompt with the features of its images and videos. */
    private record Encoded(QwenVl network, Prompt prompt, List<VisualFeatures> features) implements AutoCloseable {

        Encoded(Prompt prompt) {
            this(TinyParityTest.network, prompt);
        }

        Encoded(QwenVl network, Prompt prompt) {
            this(
                    network,
                    prompt,
                    prompt.blocks.stream()
                            .flatMap(block ->
                                    network.encode(Goldens.pixels(block.grid().patches()), block.grid()).stream())
                            .toList());
        }

        NDArray embed(NDManager scope, int[] ids) {
            TorchScript script = network.decoder().script();
            NDList tensors = new NDList();
            features.forEach(feature -> tensors.add(feature.tensor()));
            NDArray words = script.tensor(scope, "embed", scope.create(Decoder.longs(ids), new Shape(1, ids.length)));
            int[] pads = network.visualPads(ids);
            return script.tensor(scope, "insert", words, scope.create(Decoder.longs(pads)), tensors);
        }

        SharedPrefix prefix() {
            int[] ids = prompt.ids();
            int length = ids.length - prompt.suffix().length;
            return network.prefix(Arrays.copyOf(ids, length), prompt.blocks, features);
        }

        @Override
        public void close() {
            features.forEach(VisualFeatures::close);
        }
    }
}
