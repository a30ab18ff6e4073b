// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.alert;

/**
 * What people did about an {@link Alert}. Written by people only, as the alert is written by the job only: neither
 * overwrites the other, and a replay never takes back an acknowledgement.
 *
 * @param alert the alert's id
 * @param stream the alert's
 * @param rule the alert's
 * @param changedAtMillis when somebody last did something, milliseconds since 1970 UTC
 * @param acknowledgedBy who has seen it; empty for nobody
 * @param assignedTo who looks after it; empty for nobody
 * @param snoozedUntilMillis until when further alerts of its stream and rule are held, milliseconds since 1970 UTC; 0 for
 *     not at all
 * @param verdict what it turned out to be
 * @param verdictReason in words; may be empty
 */
public record Handling(
        String alert,
        String stream,
        String rule,
        long changedAtMillis,
        String acknowledgedBy,
        String assignedTo,
        long snoozedUntilMillis,
        Verdict verdict,
        String verdictReason) {

    /** What an alert turned out to be. */
    public enum Verdict {
        /** Nobody has said. */
        OPEN,
        TRUE_ALARM,
        FALSE_ALARM
    }

    public Handling {
        if (alert.isBlank() || stream.isBlank() || rule.isBlank()) {
            throw new IllegalArgumentException("a handling needs its alert, stream and rule, found '" + alert + "', '"
                    + stream + "', '" + rule + "'");
        }
    }

    /** Nobody has done anything yet. */
    public static Handling none(Alert alert) {
        return new Handling(alert.id(), alert.stream(), alert.rule(), 0, "", "", 0, Verdict.OPEN, "");
    }

    /** @param by who has seen it; empty to take it back */
    public Handling acknowledged(String by, long nowMillis) {
        return new Handling(alert, stream, rule, nowMillis, by, assignedTo, snoozedUntilMillis, verdict, verdictReason);
    }

    /** @param to who looks after it; empty for nobody any more */
    public Handling assigned(String to, long nowMillis) {
        return new Handling(
                alert, stream, rule, nowMillis, acknowledgedBy, to, snoozedUntilMillis, verdict, verdictReason);
    }

    /** @param untilMillis milliseconds since 1970 UTC; 0 to hear of it again */
    public Handling snoozed(long untilMillis, long nowMillis) {
        return new Handling(
                alert, stream, rule, nowMillis, acknowledgedBy, assignedTo, untilMillis, verdict, verdictReason);
    }

    public Handling judged(Verdict given, String reason, long nowMillis) {
        return new Handling(
                alert, stream, rule, nowMillis, acknowledgedBy, assignedTo, snoozedUntilMillis, given, reason);
    }
}
