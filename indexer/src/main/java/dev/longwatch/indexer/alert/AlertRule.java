// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.alert;

import dev.longwatch.indexer.event.Labels;
import java.io.Serializable;
import java.util.List;

/**
 * What to look for, when it makes an event, and whom the event concerns.
 *
 * <p>Travels through Flink: components stay flat, and the kinds are told apart by an enum.
 *
 * @param name short and unique, as shown and filtered by
 * @param kind how the event comes about
 * @param when the condition in plain words, asked of every clip; of a sequence, a sentence that is only shown
 * @param steps what must happen one after the other, for {@link Kind#SEQUENCE}; else empty
 * @param withinMillis longest time between a step's end and the next step's beginning, for {@link Kind#SEQUENCE}; else 0
 * @param streams names of the streams it holds for, where {@code *} and {@code ?} stand for any characters and any one;
 *     none for all streams
 * @param threshold least probability at which a sighting counts, 0 to 1
 * @param minMillis events shorter than this are dropped; of {@link Kind#ABSENT}, how long it must not have been seen
 * @param mergeMillis sightings closer than this are one event; of {@link Kind#ABSENT}, a sighting shorter than this does
 *     not interrupt the absence
 * @param alerting what becomes of its events
 * @param labels that its events get
 */
public record AlertRule(
        String name,
        Kind kind,
        String when,
        List<Step> steps,
        long withinMillis,
        List<String> streams,
        double threshold,
        long minMillis,
        long mergeMillis,
        Alerting alerting,
        List<String> labels)
        implements Serializable {

    private static final long serialVersionUID = 3L;

    public static final double THRESHOLD = 0.5;
    public static final long MERGE_MILLIS = 1_000;

    /** How a rule's event comes about. */
    public enum Kind {
        /** The condition is seen. */
        SEEN,
        /** The condition is looked for and not seen. Seconds that nobody watched are no absence. */
        ABSENT,
        /** The events of other rules follow one another. */
        SEQUENCE
    }

    /**
     * One step of a sequence.
     *
     * @param rule name of a rule that is no sequence itself
     * @param streams on which streams, as in {@link AlertRule#streams}; when no step says, all steps happen on one stream
     */
    public record Step(String rule, List<String> streams) implements Serializable {

        private static final long serialVersionUID = 1L;

        public Step {
            streams = List.copyOf(streams);
            if (rule.isBlank()) {
                throw new IllegalArgumentException("a step needs the name of a rule");
            }
        }

        /** Whether it may happen on {@code stream}. */
        public boolean holdsFor(String stream) {
            return Glob.anyMatches(streams, stream);
        }
    }

    /**
     * What becomes of a rule's events.
     *
     * @param raised whether they are alerts; else they are events only, to be found and to build sequences of
     * @param severity how much it matters
     * @param cooldownMillis least time between two deliveries for the same stream
     * @param schedule when people want to hear of it
     * @param channels names of the channels it is delivered to; none when it is only shown
     */
    public record Alerting(
            boolean raised, Severity severity, long cooldownMillis, Schedule schedule, List<String> channels)
            implements Serializable {

        private static final long serialVersionUID = 1L;

        /** Events only. */
        public static final Alerting NONE = new Alerting(false, Severity.INFO, 0, Schedule.ALWAYS, List.of());

        public Alerting {
            channels = List.copyOf(channels);
            if (cooldownMillis < 0) {
                throw new IllegalArgumentException("a cooldown is not negative, found " + cooldownMillis + " ms");
            }
        }
    }

    public AlertRule {
        steps = List.copyOf(steps);
        streams = List.copyOf(streams);
        labels = Labels.orNone(labels);
        if (name.isBlank() || when.isBlank()) {
            throw new IllegalArgumentException(
                    "a rule needs a name and a condition in words, found '" + name + "': '" + when + "'");
        }
        if (!(threshold >= 0 && threshold <= 1)) {
            throw new IllegalArgumentException("rule '" + name + "': threshold from 0 to 1, found " + threshold);
        }
        if (minMillis < 0 || mergeMillis < 0 || withinMillis < 0) {
            throw new IllegalArgumentException("rule '" + name + "': durations are not negative, found minimum "
                    + minMillis + " ms, merge " + mergeMillis + " ms, within " + withinMillis + " ms");
        }
        if (kind == Kind.SEQUENCE ? steps.size() < 2 : !steps.isEmpty()) {
            throw new IllegalArgumentException("rule '" + name + "': a sequence has two steps or more, and nothing else"
                    + " has any; found " + kind + " with " + steps.size());
        }
    }

    /** Without labels. */
    public AlertRule(
            String name,
            Kind kind,
            String when,
            List<Step> steps,
            long withinMillis,
            List<String> streams,
            double threshold,
            long minMillis,
            long mergeMillis,
            Alerting alerting) {
        this(name, kind, when, steps, withinMillis, streams, threshold, minMillis, mergeMillis, alerting, List.of());
    }

    /** A condition that makes events and no alerts, on all streams. */
    public AlertRule(String name, String when, double threshold, long minMillis, long mergeMillis) {
        this(name, Kind.SEEN, when, List.of(), 0, List.of(), threshold, minMillis, mergeMillis, Alerting.NONE);
    }

    /** A rule named by its own words, with the usual settings. */
    public static AlertRule of(String when) {
        String words = when.strip();
        return new AlertRule(words, words, THRESHOLD, 0, MERGE_MILLIS);
    }

    /** {@code when} has not been seen for a time: {@link Kind#ABSENT} with the usual settings. */
    public static AlertRule absent(String name, String when, long minMillis) {
        return new AlertRule(
                name, Kind.ABSENT, when, List.of(), 0, List.of(), THRESHOLD, minMillis, MERGE_MILLIS, Alerting.NONE);
    }

    /** The steps one after the other: {@link Kind#SEQUENCE}. */
    public static AlertRule sequence(String name, List<Step> steps, long withinMillis) {
        String sentence = String.join(", then ", steps.stream().map(Step::rule).toList());
        return new AlertRule(name, Kind.SEQUENCE, sentence, steps, withinMillis, List.of(), 0, 0, 0, Alerting.NONE);
    }

    public AlertRule withThreshold(double probability) {
        return new AlertRule(
                name, kind, when, steps, withinMillis, streams, probability, minMillis, mergeMillis, alerting, labels);
    }

    /** @param globs see {@link #streams} */
    public AlertRule onStreams(List<String> globs) {
        return new AlertRule(
                name, kind, when, steps, withinMillis, globs, threshold, minMillis, mergeMillis, alerting, labels);
    }

    public AlertRule withAlerting(Alerting handling) {
        return new AlertRule(
                name, kind, when, steps, withinMillis, streams, threshold, minMillis, mergeMillis, handling, labels);
    }

    /** With these labels besides its own. */
    public AlertRule alsoLabelled(List<String> more) {
        return new AlertRule(
                name,
                kind,
                when,
                steps,
                withinMillis,
                streams,
                threshold,
                minMillis,
                mergeMillis,
                alerting,
                Labels.together(labels, more));
    }

    /** Whether the model is asked; a sequence is found among events instead. */
    public boolean asksTheModel() {
        return kind != Kind.SEQUENCE;
    }

    /** Whether it holds for {@code stream}. */
    public boolean holdsFor(String stream) {
        return Glob.anyMatches(streams, stream);
    }

    /** Whether the steps of a sequence may happen on different streams: as soon as one of them names its streams. */
    public boolean crossesStreams() {
        return steps.stream().anyMatch(step -> !step.streams().isEmpty());
    }
}
