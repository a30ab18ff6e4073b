// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.alert;

import dev.longwatch.indexer.event.Labels;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.event.VideoEvent;
import java.util.List;

/**
 * An event that concerns somebody. One per event and under the event's id, so that the same event raises it once whatever
 * is seen on a replay. What people do about it is a {@link Handling}, kept apart.
 *
 * <p>Travels through Flink and is kept in its state: components stay flat and keep their meaning.
 *
 * @param id the event's
 * @param version grows with every change, so that a late writer cannot overwrite a newer state
 * @param stream the name of the stream or video
 * @param uri where the video is
 * @param rule the name of the rule
 * @param severity how much it matters
 * @param text what was seen, in words
 * @param span when, on the video's clock
 * @param recordedAtMillis wall clock of the video's first picture, milliseconds since 1970 UTC
 * @param confidence highest probability among the event's sightings, 0 to 1
 * @param state whether the event may still grow
 * @param hold why it is not delivered
 * @param holdReason the same in words; empty when it is delivered
 * @param channels names of the channels it is for, whether it is held or not
 * @param raisedAtMillis when it was first known, milliseconds since 1970 UTC
 * @param labels the event's
 */
public record Alert(
        String id,
        long version,
        String stream,
        String uri,
        String rule,
        Severity severity,
        String text,
        TimeSpan span,
        long recordedAtMillis,
        double confidence,
        State state,
        Hold hold,
        String holdReason,
        List<String> channels,
        long raisedAtMillis,
        List<String> labels) {

    /** An alert's life. */
    public enum State {
        OPEN,
        CLOSED
    }

    /** Why an alert is not delivered. */
    public enum Hold {
        /** It is delivered. */
        NONE,
        /** Another one for the same stream and rule was delivered shortly before. */
        COOLDOWN,
        /** Not at this hour. */
        SCHEDULE,
        /** Somebody does not want to hear of it for a while. */
        SNOOZE,
        /** The rule names no channel. */
        NOBODY
    }

    public Alert {
        channels = List.copyOf(channels);
        labels = Labels.orNone(labels);
    }

    /** @param raisedAtMillis milliseconds since 1970 UTC */
    public static Alert of(
            VideoEvent event, AlertRule.Alerting alerting, Hold hold, String holdReason, long raisedAtMillis) {
        return new Alert(
                event.id(),
                event.version(),
                event.stream(),
                event.uri(),
                event.rule(),
                alerting.severity(),
                event.text(),
                event.span(),
                event.recordedAtMillis(),
                event.confidence(),
                event.state() == VideoEvent.State.OPEN ? State.OPEN : State.CLOSED,
                hold,
                holdReason,
                alerting.channels(),
                raisedAtMillis,
                event.labels());
    }

    /** Wall clock at which the event began, milliseconds since 1970 UTC. */
    public long startedAtMillis() {
        return recordedAtMillis + span.startMillis();
    }

    /** Wall clock until which the event is known to last, milliseconds since 1970 UTC. */
    public long endedAtMillis() {
        return recordedAtMillis + span.endMillis();
    }

    public boolean delivered() {
        return hold == Hold.NONE;
    }
}
