// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.coverage;

import dev.longwatch.indexer.event.EventId;
import java.io.Serializable;
import java.util.List;

/**
 * One entry of a stream's ledger: what became of a stretch of wall clock.
 *
 * <p>Travels through Flink and stands in checkpoints: components stay flat.
 *
 * @param stream the stream's name
 * @param fromMillis first millisecond, since 1970 UTC
 * @param toMillis end, after the start
 * @param state what became of it
 * @param why a sentence for a person; empty where there is nothing to explain
 * @param framesPerSecond how many pictures were looked at for each second; 0 where none were
 * @param recordedAtMillis wall clock of the beginning of a file, milliseconds since 1970 UTC; 0 for a stream, which has no
 *     other clock than the wall's
 * @param probabilities of each rule that was asked; none where none was, and of a part of an entry
 */
public record CoverageSpan(
        String stream,
        long fromMillis,
        long toMillis,
        State state,
        String why,
        double framesPerSecond,
        long recordedAtMillis,
        List<RuleProbability> probabilities)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** In the order in which one outweighs another that says something else of the same instant, the weakest first. */
    public enum State {
        /** there are pictures, and nobody has looked yet */
        RECORDED,
        /** there are or were pictures, and nobody will look */
        SKIPPED,
        /** the model looked */
        ANALYSED,
        /** the camera did not deliver, or the file holds nothing: who looked at both sides of it looked at no more */
        GAP,
        /** somebody had it deleted: what it was is not kept */
        DELETED
    }

    /** An entry of a stream. */
    public CoverageSpan(
            String stream, long fromMillis, long toMillis, State state, String why, double framesPerSecond) {
        this(stream, fromMillis, toMillis, state, why, framesPerSecond, 0);
    }

    /** Without probabilities. */
    public CoverageSpan(
            String stream,
            long fromMillis,
            long toMillis,
            State state,
            String why,
            double framesPerSecond,
            long recordedAtMillis) {
        this(stream, fromMillis, toMillis, state, why, framesPerSecond, recordedAtMillis, List.of());
    }

    public CoverageSpan {
        // a checkpoint of before they were kept has none
        probabilities = probabilities == null ? List.of() : List.copyOf(probabilities);
        if (stream.isBlank()) {
            throw new IllegalArgumentException("a stretch of coverage needs a stream, found '" + stream + "'");
        }
        if (toMillis <= fromMillis) {
            throw new IllegalArgumentException(
                    stream + ": expected a stretch that ends after it begins, found " + fromMillis + " to " + toMillis);
        }
    }

    /** The same for an entry written again: of the stream, the state and where it begins. */
    public String id() {
        return EventId.of("coverage " + state.name(), stream, fromMillis);
    }

    public long millis() {
        return toMillis - fromMillis;
    }

    /** The same entry of another stretch, of which nobody knows the probabilities. */
    public CoverageSpan between(long from, long to) {
        return new CoverageSpan(stream, from, to, state, why, framesPerSecond, recordedAtMillis);
    }
}
