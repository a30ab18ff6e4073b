// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.generate;

/** All tokens by their score, best first. Asking for a low rank costs more than asking for a high one. */
public interface Ranking {

    /** How many tokens there are. */
    int size();

    /** The token at a rank from 0. */
    int token(int rank);

    /** Its probability among all tokens. */
    double probability(int rank);
}
