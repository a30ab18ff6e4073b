// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.longwatch.model.generate.Continuation;
import dev.longwatch.model.generate.Ranking;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Questions behind one prefix, decoded as one batch. They read the prefix's keys and values where they are; their own
 * are in a {@link KvCache}. Prompts of unlike length are aligned at their ends, so that all go on at the same place.
 */
public final class Branches implements Continuation, AutoCloseable {

    /** Tokens that are ranked at once; a grammar nearly always takes one of the first few. */
    private static final int BEST = 256;

    /** Tokens for which there is room before the cache must grow. */
    private static final int FIRST_ROOM = 64;

    private final TorchScript decoder;
    private final SharedPrefix prefix;
    private final KvCache cache;
    private final NDManager step; // holds `logits`
    private int[] pads; // by question: how many places before its prompt are empty
    private NDArray logits; // (questions, words)

    /** @param prompts the rest of each prompt after the prefix, at least one token each */
    Branches(Decoder decoder, SharedPrefix prefix, List<int[]> prompts) {
        this.decoder = decoder.script();
        this.prefix = prefix;
        int longest = prompts.stream().mapToInt(prompt -> prompt.length).max().orElse(0);
        if (prompts.stream().anyMatch(prompt -> prompt.length == 0)) {
            throw new IllegalArgumentException("each question needs at least one token of its own, found none");
        }
        cache = new KvCache(this.decoder, prompts.size(), longest + FIRST_ROOM);
        step = this.decoder.scope();
        pads = prompts.stream().mapToInt(prompt -> longest - prompt.length).toArray();
        int[][] aligned = new int[prompts.size()][longest];
        for (int question = 0; question < aligned.length; question++) {
            int[] prompt = prompts.get(question);
            System.arraycopy(prompt, 0, aligned[question], pads[question], prompt.length);
        }
        logits = append(aligned);
    }

    /** @param tokens the next ones of each question, equally many */
    private NDArray append(int[][] tokens) {
        int questions = tokens.length;
        int count = tokens[0].length;
        long[] positions = new long[questions * count];
        for (int i = 0; i < positions.length; i++) {
            int own = cache.filled() + i % count - pads[i / count];
            positions[i] = (long) prefix.nextPosition() + Math.max(own, 0);
        }
        long[] onEveryAxis = IntStream.range(0, 3)
                .boxed()
                .flatMapToLong(axis -> Arrays.stream(positions))
                .toArray();
        try (NDManager scope = step.newSubManager()) {
            NDArray scores = decoder.tensor(
                    step,
                    "step",
                    scope.create(Decoder.longs(tokens), new Shape(questions, count)),
                    scope.create(onEveryAxis, new Shape(3, questions, count)),
                    prefix.keysAndValues(),
                    cache.withRoomFor(count),
                    cache.filled(),
                    scope.create(Decoder.longs(pads)));
            cache.advance(count);
            return scores;
        }
    }

    @Override
    public List<Ranking> next() {
        int words = Math.toIntExact(logits.getShape().get(1));
        try (NDManager scope = step.newSubManager()) {
            NDList best = decoder.tensors(scope, "best", logits, Math.min(words, BEST));
            float[] scores = best.get(0).toFloatArray();
            long[] tokens = best.get(1).toLongArray();
            float[] sums = best.get(2).toFloatArray();
            int count = scores.length / sums.length;
            List<Ranking> rankings = new ArrayList<>();
            for (int question = 0; question < sums.length; question++) {
                int from = question * count;
                TokenRanking.Sorted first = new TokenRanking.Sorted(
                        Arrays.copyOfRange(tokens, from, from + count), Arrays.copyOfRange(scores, from, from + count));
                int row = question;
                rankings.add(new TokenRanking(words, sums[question], first, () -> all(row)));
            }
            return rankings;
        }
    }

    private TokenRanking.Sorted all(int question) {
        try (NDManager scope = step.newSubManager()) {
            NDArray row = decoder.tensor(scope, "row", logits, question);
            NDList all = decoder.tensors(
                    scope, "best", row, Math.toIntExact(row.getShape().get(1)));
            return new TokenRanking.Sorted(all.get(1).toLongArray(), all.get(0).toFloatArray());
        }
    }

    @Override
    public void take(int[] sequences, int[] tokens) {
        if (sequences.length < pads.length) {
            cache.keep(Decoder.longs(sequences));
            pads = Arrays.stream(sequences).map(sequence -> pads[sequence]).toArray();
        }
        logits.close();
        logits = append(
                Arrays.stream(tokens).mapToObj(token -> new int[] {token}).toArray(int[][]::new));
    }

    /** The scores after each question's last token, {@code (questions, words)}. */
    NDArray logits() {
        return logits;
    }

    @Override
    public void close() {
        step.close();
        cache.close();
    }
}
