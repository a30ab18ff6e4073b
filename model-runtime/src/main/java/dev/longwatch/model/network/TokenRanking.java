// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.network;

import dev.longwatch.model.generate.Ranking;
import java.util.function.Supplier;

/** The scores of one sequence: the best at once, the whole vocabulary only for a caller who refuses all of those. */
final class TokenRanking implements Ranking {

    private final int size;
    private final double logSum;
    private final Supplier<Sorted> rest;
    private Sorted known;

    /** Tokens by falling score. */
    record Sorted(long[] tokens, float[] scores) {}

    /**
     * @param size of the vocabulary
     * @param logSum logarithm of the sum of all exponentiated scores
     * @param best the first of all
     * @param rest gives all
     */
    TokenRanking(int size, double logSum, Sorted best, Supplier<Sorted> rest) {
        this.size = size;
        this.logSum = logSum;
        this.known = best;
        this.rest = rest;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int token(int rank) {
        return (int) upTo(rank).tokens[rank];
    }

    @Override
    public double probability(int rank) {
        return Math.exp(upTo(rank).scores[rank] - logSum);
    }

    private Sorted upTo(int rank) {
        if (rank >= known.tokens.length) {
            known = rest.get();
        }
        return known;
    }
}
