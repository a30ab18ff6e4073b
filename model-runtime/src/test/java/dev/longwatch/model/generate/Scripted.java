// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.generate;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A network that wants to say one text in each sequence, whatever it is allowed to, over a vocabulary of given words and
 * all single bytes. The last token is the end.
 */
final class Scripted implements Continuation, TokenText {

    private static final double WISH = 0.9;

    private final List<byte[]> words = new ArrayList<>();
    private final List<Sequence> batch = new ArrayList<>();
    final List<Integer> batchSizes = new ArrayList<>();

    /** What a sequence wants to say, and its place in that. */
    private static final class Sequence {
        private final int[] wishes;
        private final Map<Integer, double[]> odds;
        private int at;

        Sequence(int[] wishes, Map<Integer, double[]> odds) {
            this.wishes = wishes;
            this.odds = odds;
        }
    }

    Scripted(String... longWords) {
        for (String word : longWords) {
            words.add(word.getBytes(StandardCharsets.UTF_8));
        }
        for (int value = 0; value < 256; value++) {
            words.add(new byte[] {(byte) value});
        }
        words.add(new byte[0]);
    }

    int end() {
        return words.size() - 1;
    }

    int token(String word) {
        return token(word.getBytes(StandardCharsets.UTF_8));
    }

    int token(byte... bytes) {
        return IntStream.range(0, words.size())
                .filter(token -> Arrays.equals(words.get(token), bytes))
                .findFirst()
                .orElseThrow();
    }

    /** A sequence that wants these words, then the end for ever. */
    Scripted wanting(String... wishes) {
        return wanting(Map.of(), wishes);
    }

    /** The same, by tokens. */
    Scripted wanting(int... wishes) {
        batch.add(new Sequence(wishes, Map.of()));
        return this;
    }

    /** @param odds probabilities of all tokens at some steps */
    Scripted wanting(Map<Integer, double[]> odds, String... wishes) {
        batch.add(new Sequence(Arrays.stream(wishes).mapToInt(this::token).toArray(), odds));
        return this;
    }

    /** Probabilities: some for given words, the rest evenly for all others. */
    double[] odds(Map<String, Double> given) {
        double[] odds = new double[words.size()];
        double rest =
                1 - given.values().stream().mapToDouble(Double::doubleValue).sum();
        Arrays.fill(odds, rest / (words.size() - given.size()));
        given.forEach((word, probability) -> odds[token(word)] = probability);
        return odds;
    }

    @Override
    public List<Ranking> next() {
        batchSizes.add(batch.size());
        return batch.stream().map(this::ranking).toList();
    }

    private Ranking ranking(Sequence sequence) {
        int wish = sequence.at < sequence.wishes.length ? sequence.wishes[sequence.at] : end();
        double[] odds = sequence.odds.getOrDefault(
                sequence.at,
                IntStream.range(0, words.size())
                        .mapToDouble(token -> token == wish ? WISH : (1 - WISH) / (words.size() - 1))
                        .toArray());
        int[] tokens = IntStream.range(0, odds.length)
                .boxed()
                .sorted(Comparator.comparingDouble(token -> -odds[token]))
                .mapToInt(Integer::intValue)
                .toArray();
        return new Ranking() {
            @Override
            public int size() {
                return tokens.length;
            }

            @Override
            public int token(int rank) {
                return tokens[rank];
            }

            @Override
            public double probability(int rank) {
                return odds[tokens[rank]];
            }
        };
    }

    @Override
    public void take(int[] sequences, int[] tokens) {
        List<Sequence> kept = Arrays.stream(sequences).mapToObj(batch::get).toList();
        kept.forEach(sequence -> sequence.at++);
        batch.clear();
        batch.addAll(kept);
    }

    @Override
    public byte[] bytes(int token) {
        return words.get(token);
    }

    @Override
    public boolean ends(int token) {
        return token == end();
    }
}
