// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import dev.longwatch.indexer.event.VideoEvent;

/** A wording in its place: what was found, how it fits, and the score it gives to all its events. */
record Ranked(Candidate candidate, Fit fit, double score) {

    String id() {
        return candidate.id();
    }

    Why why() {
        return fit.why();
    }

    Moment moment(VideoEvent event) {
        return Moment.of(event, score, candidate.highlighted(), why());
    }
}
