// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.alert;

/**
 * One message about an alert to one channel: on its way, or what became of it. What could not be delivered stays with its
 * body and the reason.
 *
 * <p>Travels through Flink and is kept in its state: components stay flat and keep their meaning.
 *
 * @param key the same for every attempt, also after a restart: the receiver's means to drop a repetition
 * @param alert the alert's id
 * @param stream the alert's
 * @param rule the alert's
 * @param channel name of the channel
 * @param subject one line
 * @param body as the channel's receiver gets it
 * @param createdAtMillis milliseconds since 1970 UTC
 * @param state what became of it so far
 * @param attempts how often it was tried
 * @param dueAtMillis when to try next, milliseconds since 1970 UTC
 * @param reason why the last attempt did not succeed; empty when it did, or when there was none
 * @param settledAtMillis when it was delivered or given up, milliseconds since 1970 UTC; 0 before
 */
public record Delivery(
        String key,
        String alert,
        String stream,
        String rule,
        String channel,
        String subject,
        String body,
        long createdAtMillis,
        State state,
        int attempts,
        long dueAtMillis,
        String reason,
        long settledAtMillis) {

    /** What became of a message. */
    public enum State {
        /** It is tried, or tried again. */
        PENDING,
        DELIVERED,
        /** Given up: refused for good, or tried too often. */
        DEAD
    }

    /** A message that was not tried yet. */
    public static Delivery pending(
            String key, Alert alert, String channel, String subject, String body, long nowMillis) {
        return new Delivery(
                key,
                alert.id(),
                alert.stream(),
                alert.rule(),
                channel,
                subject,
                body,
                nowMillis,
                State.PENDING,
                0,
                nowMillis,
                "",
                0);
    }

    public Delivery delivered(long nowMillis) {
        return tried(State.DELIVERED, attempts + 1, dueAtMillis, "", nowMillis);
    }

    /** Not now, but perhaps later. */
    public Delivery again(long atMillis, String why) {
        return tried(State.PENDING, attempts + 1, atMillis, why, 0);
    }

    /** @param tries how often it was tried in all */
    public Delivery dead(int tries, String why, long nowMillis) {
        return tried(State.DEAD, tries, dueAtMillis, why, nowMillis);
    }

    private Delivery tried(State outcome, int tries, long dueMillis, String why, long settledMillis) {
        return new Delivery(
                key,
                alert,
                stream,
                rule,
                channel,
                subject,
                body,
                createdAtMillis,
                outcome,
                tries,
                dueMillis,
                why,
                settledMillis);
    }
}
