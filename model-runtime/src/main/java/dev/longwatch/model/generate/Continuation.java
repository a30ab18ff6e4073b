// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.generate;

import java.util.List;

/** Texts under way, as the network sees them: a batch of token sequences, each with a ranking of what may come next. */
public interface Continuation {

    /** What may come next in each sequence of the batch. Valid until {@link #take}. */
    List<Ranking> next();

    /**
     * Appends one token to each of some sequences and drops the others.
     *
     * @param sequences rising places in the batch; the batch that follows has these in this order
     * @param tokens one for each
     */
    void take(int[] sequences, int[] tokens);
}
