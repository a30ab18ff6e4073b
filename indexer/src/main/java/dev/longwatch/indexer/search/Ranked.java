// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import dev.longwatch.indexer.event.VideoEvent;
import java.util.List;

/** A wording in its place: what was found, how it fits and where, and the score it gives to all its events. */
record Ranked(Candidate candidate, Fit fit, List<Moment.Mark> marks, double score) {

    String id() {
        return candidate.id();
    }

    Why why() {
        return fit.why();
    }

    Moment moment(VideoEvent event) {
        return Moment.of(event, score, marks, why());
    }
}
