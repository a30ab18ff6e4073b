// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.embed;

import java.util.List;

/** Turns sentences into vectors of length one; their dot product, from -1 to 1, says how alike they are. Thread-safe. */
public interface Embedder {

    /** Names the model and its weights; vectors of different models cannot be compared. Lower case, digits, underscores. */
    String model();

    /** How many numbers a vector has. */
    int dimension();

    /**
     * @return the vectors in the order of the texts; what one text becomes does not depend on the others
     * @throws EmbedderException when the model cannot be run on this machine
     */
    List<float[]> embed(List<String> texts);

    default float[] embed(String text) {
        return embed(List.of(text)).get(0);
    }

    /** How alike two sentences are, from -1 to 1. */
    static double likeness(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (double) one[i] * other[i];
        }
        return sum;
    }
}
