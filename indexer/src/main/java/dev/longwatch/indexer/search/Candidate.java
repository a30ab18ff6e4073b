// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import dev.longwatch.indexer.event.Wording;

/**
 * A wording that may be what was asked for.
 *
 * @param id the wording's
 * @param wording what it says
 * @param words BM25 of its words; 0 when they were not found
 * @param likeness of its meaning; 0 when that was not found
 */
record Candidate(String id, Wording wording, double words, double likeness) {

    Candidate alsoLike(double closeness) {
        return new Candidate(id, wording, words, closeness);
    }
}
