// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import dev.longwatch.indexer.event.TimeSpan;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which events are meant. Every part narrows; a part left out narrows nothing. An event that only overlaps a stretch of
 * time is meant too.
 *
 * @param streams any of these; empty for all
 * @param rules any of these; empty for all
 * @param from on the wall clock; null for the beginning
 * @param to on the wall clock, not before {@code from}; null for now
 * @param within on the video's own clock; null for the whole video
 * @param minimumConfidence from 0 to 1
 */
public record EventFilter(
        List<String> streams,
        List<String> rules,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable TimeSpan within,
        double minimumConfidence) {

    public static final EventFilter ALL = new EventFilter(List.of(), List.of(), null, null, null, 0);

    public EventFilter {
        streams = List.copyOf(streams);
        rules = List.copyOf(rules);
        if (from != null && to != null && to.isBefore(from)) {
            throw new IllegalArgumentException("expected an end not before the beginning, found " + from + " to " + to);
        }
        if (!(minimumConfidence >= 0 && minimumConfidence <= 1)) {
            throw new IllegalArgumentException("expected a minimum confidence from 0 to 1, found " + minimumConfidence);
        }
    }

    public EventFilter inStreams(String... names) {
        return new EventFilter(List.of(names), rules, from, to, within, minimumConfidence);
    }

    public EventFilter ofRules(String... names) {
        return new EventFilter(streams, List.of(names), from, to, within, minimumConfidence);
    }

    /** On the wall clock. */
    public EventFilter between(@Nullable Instant begin, @Nullable Instant end) {
        return new EventFilter(streams, rules, begin, end, within, minimumConfidence);
    }

    /** On the video's own clock. */
    public EventFilter within(TimeSpan span) {
        return new EventFilter(streams, rules, from, to, span, minimumConfidence);
    }

    public EventFilter atLeast(double confidence) {
        return new EventFilter(streams, rules, from, to, within, confidence);
    }
}
