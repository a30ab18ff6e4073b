// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import dev.longwatch.indexer.alert.Alert;
import dev.longwatch.indexer.alert.Handling;
import dev.longwatch.indexer.alert.Severity;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which alerts are meant. Every part narrows; a part left out narrows nothing. An alert whose event only overlaps a stretch
 * of time is meant too.
 *
 * @param streams any of these; empty for all
 * @param rules any of these; empty for all
 * @param severities any of these; empty for all
 * @param states any of these; empty for all
 * @param holds any of these; empty for all
 * @param acknowledged whether somebody has seen it; null for either
 * @param assignedTo who looks after it; empty for nobody; null for anybody
 * @param verdicts any of these; empty for all
 * @param from on the wall clock; null for the beginning
 * @param to on the wall clock, not before {@code from}; null for now
 * @param text words of what was seen or of the rule's name; empty for any
 * @param labels any of these; empty for all
 */
public record AlertFilter(
        List<String> streams,
        List<String> rules,
        List<Severity> severities,
        List<Alert.State> states,
        List<Alert.Hold> holds,
        @Nullable Boolean acknowledged,
        @Nullable String assignedTo,
        List<Handling.Verdict> verdicts,
        @Nullable Instant from,
        @Nullable Instant to,
        String text,
        List<String> labels) {

    public static final AlertFilter ALL = new AlertFilter(
            List.of(), List.of(), List.of(), List.of(), List.of(), null, null, List.of(), null, null, "", List.of());

    public AlertFilter {
        streams = List.copyOf(streams);
        rules = List.copyOf(rules);
        severities = List.copyOf(severities);
        states = List.copyOf(states);
        holds = List.copyOf(holds);
        verdicts = List.copyOf(verdicts);
        labels = List.copyOf(labels);
        if (from != null && to != null && to.isBefore(from)) {
            throw new IllegalArgumentException("expected an end not before the beginning, found " + from + " to " + to);
        }
    }

    public AlertFilter inStreams(List<String> names) {
        return new AlertFilter(
                names, rules, severities, states, holds, acknowledged, assignedTo, verdicts, from, to, text, labels);
    }

    public AlertFilter ofRules(List<String> names) {
        return new AlertFilter(
                streams, names, severities, states, holds, acknowledged, assignedTo, verdicts, from, to, text, labels);
    }

    public AlertFilter ofSeverities(List<Severity> any) {
        return new AlertFilter(
                streams, rules, any, states, holds, acknowledged, assignedTo, verdicts, from, to, text, labels);
    }

    public AlertFilter inStates(List<Alert.State> any) {
        return new AlertFilter(
                streams, rules, severities, any, holds, acknowledged, assignedTo, verdicts, from, to, text, labels);
    }

    public AlertFilter heldFor(List<Alert.Hold> any) {
        return new AlertFilter(
                streams, rules, severities, states, any, acknowledged, assignedTo, verdicts, from, to, text, labels);
    }

    /** @param seen see {@link #acknowledged} */
    public AlertFilter acknowledged(@Nullable Boolean seen) {
        return new AlertFilter(
                streams, rules, severities, states, holds, seen, assignedTo, verdicts, from, to, text, labels);
    }

    /** @param who see {@link #assignedTo} */
    public AlertFilter assignedTo(@Nullable String who) {
        return new AlertFilter(
                streams, rules, severities, states, holds, acknowledged, who, verdicts, from, to, text, labels);
    }

    public AlertFilter judged(List<Handling.Verdict> any) {
        return new AlertFilter(
                streams, rules, severities, states, holds, acknowledged, assignedTo, any, from, to, text, labels);
    }

    /** On the wall clock. */
    public AlertFilter between(@Nullable Instant begin, @Nullable Instant end) {
        return new AlertFilter(
                streams,
                rules,
                severities,
                states,
                holds,
                acknowledged,
                assignedTo,
                verdicts,
                begin,
                end,
                text,
                labels);
    }

    public AlertFilter withText(String words) {
        return new AlertFilter(
                streams, rules, severities, states, holds, acknowledged, assignedTo, verdicts, from, to, words, labels);
    }

    public AlertFilter labelled(List<String> any) {
        return new AlertFilter(
                streams, rules, severities, states, holds, acknowledged, assignedTo, verdicts, from, to, text, any);
    }
}
