// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longwatch.model.pixels.PatchGrid;
import dev.longwatch.model.prompt.ChatTemplate;
import dev.longwatch.model.prompt.Tokenizer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Questions of one length about one clip, as token ids: what a bench puts to the network and to the reference.
 *
 * @param grid of the clip, whose temporal patches stand one second apart
 * @param rows file of the pixels in float32; without one they are those of {@link Goldens#pixels}
 * @param prefix up to the end of the clip
 * @param prompts the rest of each question
 * @param words what is taken for the answer whatever is ranked first, so that both sides read the same to the end; empty
 *     where each side goes on with its own
 */
record BenchQuestions(PatchGrid grid, Optional<Path> rows, int[] prefix, List<int[]> prompts, int[] words) {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** When an event happens, asked several times, in the words of a model that brings a tokenizer. */
    static BenchQuestions about(String event, Path model, PatchGrid grid, int questions) {
        try (Tokenizer tokenizer = Tokenizer.open(model)) {
            ChatTemplate template = new ChatTemplate(tokenizer);
            List<int[]> prompts = new ArrayList<>();
            for (int i = 0; i < questions; i++) {
                prompts.add(template.suffix("Give the query: '" + event
                        + "', when does the described content occur in the video? If it does not occur, answer None."));
            }
            return new BenchQuestions(grid, Optional.empty(), template.prefix(grid.tokens(2)), prompts, new int[0]);
        }
    }

    /**
     * Any ids do for a network whose weights are random.
     *
     * @param opening tokens before the clip
     * @param length of a prompt
     * @param answer taken words
     */
    static BenchQuestions anyWords(
            QwenVlConfig.Tokens tokens, PatchGrid grid, int opening, int questions, int length, int answer) {
        IntStream pads = IntStream.generate(tokens::videoPad).limit(grid.tokens(2));
        int[] prefix = IntStream.concat(
                        IntStream.concat(word(0, opening), IntStream.of(tokens.visionStart())),
                        IntStream.concat(pads, IntStream.of(tokens.visionEnd())))
                .toArray();
        List<int[]> prompts = IntStream.range(1, questions + 1)
                .mapToObj(question -> word(question, length).toArray())
                .toList();
        return new BenchQuestions(
                grid,
                Optional.empty(),
                prefix,
                prompts,
                word(questions + 1, answer).toArray());
    }

    private static IntStream word(int row, int count) {
        return IntStream.range(0, count).map(i -> 100 + (row * 7919 + i * 104_729) % 100_000);
    }

    BenchQuestions withWords(int[] taken) {
        return new BenchQuestions(grid, rows, prefix, prompts, taken);
    }

    /** The same about other pictures. */
    BenchQuestions withPixels(float[] pixels, Path file) throws IOException {
        Files.write(file, bytes(pixels));
        return new BenchQuestions(grid, Optional.of(file), prefix, prompts, words);
    }

    /** As the other side reads and writes them. */
    static byte[] bytes(float[] numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(numbers);
        return bytes.array();
    }

    VisualBlock block(QwenVlConfig config) {
        return VisualBlock.evenVideo(grid, 1, (float) config.vision().tokensPerSecond());
    }

    float[] pixels() throws IOException {
        if (rows.isEmpty()) {
            return Goldens.pixels(grid.patches());
        }
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(rows.get())).order(ByteOrder.LITTLE_ENDIAN);
        float[] pixels = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(pixels);
        return pixels;
    }

    /** Tokens of one question and what precedes it. */
    int tokens() {
        return prefix.length + prompts.get(0).length;
    }

    /** What src/test/bench/reference.py takes. */
    Map<String, Object> json(QwenVlConfig config) {
        int[] ids = IntStream.concat(IntStream.of(prefix), IntStream.of(prompts.get(0)))
                .toArray();
        int[][] positions = PositionIds.of(
                        ids,
                        config.tokens().imagePad(),
                        config.tokens().videoPad(),
                        config.vision().spatialMergeSize(),
                        List.of(block(config)))
                .ids();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("grid", new int[] {grid.t(), grid.h(), grid.w()});
        rows.ifPresent(file -> json.put("rows", file.getFileName().toString()));
        json.put("prefix", prefix);
        json.put("prompts", prompts);
        json.put("positions", positions);
        json.put("words", words);
        return json;
    }

    /** @param directory where the file of its pixels lies, if it names one */
    static BenchQuestions of(JsonNode json, Path directory) throws IOException {
        int[] grid = JSON.treeToValue(json.path("grid"), int[].class);
        return new BenchQuestions(
                new PatchGrid(grid[0], grid[1], grid[2]),
                json.has("rows")
                        ? Optional.of(directory.resolve(json.path("rows").asText()))
                        : Optional.empty(),
                JSON.treeToValue(json.path("prefix"), int[].class),
                List.of(JSON.treeToValue(json.path("prompts"), int[][].class)),
                JSON.treeToValue(json.path("words"), int[].class));
    }
}
