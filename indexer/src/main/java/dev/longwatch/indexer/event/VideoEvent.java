// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.event;

import java.util.List;

/**
 * Something that happened in a video, with a life: opened by a first sighting, extended across clips, closed.
 *
 * <p>Travels through Flink and is kept in its state: components stay flat and keep their meaning.
 *
 * @param id see {@link EventId}; the same through the event's whole life
 * @param version grows with every update of the event, so that a late writer cannot overwrite a newer state
 * @param stream the name of the stream or video, as a person filters by it
 * @param uri where the video is
 * @param rule the name of the rule that asked; {@code "describe"} for a dense caption
 * @param text what was seen, in words: searched
 * @param span when, on the video's clock
 * @param recordedAtMillis wall clock of the video's first picture, milliseconds since 1970 UTC
 * @param confidence highest probability among the event's sightings, 0 to 1
 * @param state whether it may still grow
 * @param model fingerprint of the model that saw it
 * @param framesPerSecond at which rate the pictures it rests on were sampled, where it was first seen
 * @param sampling why at that rate, for a person; empty when it is not known
 * @param labels those that its rule and its stream had when it last changed
 * @param boxes where in the picture it is, by time, at instants at which the model was asked; mostly none
 */
public record VideoEvent(
        String id,
        long version,
        String stream,
        String uri,
        String rule,
        String text,
        TimeSpan span,
        long recordedAtMillis,
        double confidence,
        State state,
        String model,
        double framesPerSecond,
        String sampling,
        List<String> labels,
        List<Box> boxes) {

    /** The event's life. */
    public enum State {
        OPEN,
        CLOSED
    }

    public VideoEvent {
        labels = Labels.orNone(labels);
        boxes = Box.orNone(boxes);
        if (id.isBlank() || stream.isBlank() || rule.isBlank()) {
            throw new IllegalArgumentException(
                    "an event needs an id, a stream and a rule, found '" + id + "', '" + stream + "', '" + rule + "'");
        }
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException("expected a confidence from 0 to 1, found " + confidence);
        }
    }

    /** Without boxes. */
    public VideoEvent(
            String id,
            long version,
            String stream,
            String uri,
            String rule,
            String text,
            TimeSpan span,
            long recordedAtMillis,
            double confidence,
            State state,
            String model,
            double framesPerSecond,
            String sampling,
            List<String> labels) {
        this(
                id,
                version,
                stream,
                uri,
                rule,
                text,
                span,
                recordedAtMillis,
                confidence,
                state,
                model,
                framesPerSecond,
                sampling,
                labels,
                List.of());
    }

    /** Without labels and boxes. */
    public VideoEvent(
            String id,
            long version,
            String stream,
            String uri,
            String rule,
            String text,
            TimeSpan span,
            long recordedAtMillis,
            double confidence,
            State state,
            String model,
            double framesPerSecond,
            String sampling) {
        this(
                id,
                version,
                stream,
                uri,
                rule,
                text,
                span,
                recordedAtMillis,
                confidence,
                state,
                model,
                framesPerSecond,
                sampling,
                List.of());
    }

    /**
     * The least version that a run over a video gives its events.
     *
     * @param run grows from one run over the same video to the next
     */
    public static long firstVersion(long run) {
        return run * 1_000_000 + 1;
    }

    /** The same event after it grew or ended. */
    public VideoEvent changed(long version, TimeSpan span, double confidence, State state) {
        return with(version, uri, span, confidence, state, labels, boxes);
    }

    /** The same event with these labels and boxes. */
    public VideoEvent marked(List<String> labels, List<Box> boxes) {
        return with(version, uri, span, confidence, state, labels, boxes);
    }

    /** The same event of a video that lies elsewhere. */
    public VideoEvent at(String uri) {
        return with(version, uri, span, confidence, state, labels, boxes);
    }

    private VideoEvent with(
            long version,
            String uri,
            TimeSpan span,
            double confidence,
            State state,
            List<String> labels,
            List<Box> boxes) {
        return new VideoEvent(
                id,
                version,
                stream,
                uri,
                rule,
                text,
                span,
                recordedAtMillis,
                confidence,
                state,
                model,
                framesPerSecond,
                sampling,
                labels,
                boxes);
    }

    /** Wall clock at which the event began, milliseconds since 1970 UTC. */
    public long startedAtMillis() {
        return recordedAtMillis + span.startMillis();
    }
}
