// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import dev.longwatch.indexer.alert.Handling;
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
 * @param daily the time of day at which the event began; null for all day
 * @param within on the video's own clock; null for the whole video
 * @param minimumConfidence from 0 to 1
 * @param verdicts what its alert turned out to be, any of these; empty for all. {@code OPEN} is what nobody has judged,
 *     that without an alert included
 * @param labels any of these; empty for all
 */
public record EventFilter(
        List<String> streams,
        List<String> rules,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable DailySpan daily,
        @Nullable TimeSpan within,
        double minimumConfidence,
        List<Handling.Verdict> verdicts,
        List<String> labels) {

    public static final EventFilter ALL =
            new EventFilter(List.of(), List.of(), null, null, null, null, 0, List.of(), List.of());

    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    public EventFilter {
        streams = List.copyOf(streams);
        rules = List.copyOf(rules);
        verdicts = List.copyOf(verdicts);
        labels = List.copyOf(labels);
        if (from != null && to != null && to.isBefore(from)) {
            throw new IllegalArgumentException("expected an end not before the beginning, found " + from + " to " + to);
        }
        requireDate(from);
        requireDate(to);
        if (!(minimumConfidence >= 0 && minimumConfidence <= 1)) {
            throw new IllegalArgumentException("expected a minimum confidence from 0 to 1, found " + minimumConfidence);
        }
    }

    private static void requireDate(@Nullable Instant time) {
        if (time != null && (time.isBefore(EARLIEST) || time.isAfter(LATEST))) {
            throw new IllegalArgumentException("expected a time from the year 0 to 9999, found " + time);
        }
    }

    public EventFilter inStreams(String... names) {
        return new EventFilter(List.of(names), rules, from, to, daily, within, minimumConfidence, verdicts, labels);
    }

    public EventFilter ofRules(String... names) {
        return new EventFilter(streams, List.of(names), from, to, daily, within, minimumConfidence, verdicts, labels);
    }

    /** On the wall clock. */
    public EventFilter between(@Nullable Instant begin, @Nullable Instant end) {
        return new EventFilter(streams, rules, begin, end, daily, within, minimumConfidence, verdicts, labels);
    }

    /** Every day at that time. */
    public EventFilter daily(DailySpan span) {
        return new EventFilter(streams, rules, from, to, span, within, minimumConfidence, verdicts, labels);
    }

    /** On the video's own clock. */
    public EventFilter within(TimeSpan span) {
        return new EventFilter(streams, rules, from, to, daily, span, minimumConfidence, verdicts, labels);
    }

    public EventFilter atLeast(double confidence) {
        return new EventFilter(streams, rules, from, to, daily, within, confidence, verdicts, labels);
    }

    public EventFilter judged(Handling.Verdict... any) {
        return new EventFilter(streams, rules, from, to, daily, within, minimumConfidence, List.of(any), labels);
    }

    public EventFilter labelled(String... any) {
        return new EventFilter(streams, rules, from, to, daily, within, minimumConfidence, verdicts, List.of(any));
    }

    /** @return what also lies in that stretch of time; null when nothing can lie in both */
    @Nullable
    EventFilter narrowed(@Nullable Instant begin, @Nullable Instant end, @Nullable DailySpan span) {
        Instant later = from == null || (begin != null && begin.isAfter(from)) ? begin : from;
        Instant earlier = to == null || (end != null && end.isBefore(to)) ? end : to;
        if (later != null && earlier != null && earlier.isBefore(later)) {
            return null;
        }
        return new EventFilter(
                streams,
                rules,
                later,
                earlier,
                span == null ? daily : span,
                within,
                minimumConfidence,
                verdicts,
                labels);
    }
}
