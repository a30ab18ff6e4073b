// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.alert.deliver;

/**
 * What became of one attempt.
 *
 * @param kind what to do about it
 * @param reason why it did not succeed, with no secret in it; empty when it did
 * @param afterMillis how long the receiver wants to be left alone; 0 when it did not say
 */
record Outcome(Kind kind, String reason, long afterMillis) {

    enum Kind {
        DELIVERED,
        /** Not now: the same message may get through later. */
        RETRY,
        /** Never: the receiver does not want this message. */
        REFUSED
    }

    static final Outcome DELIVERED = new Outcome(Kind.DELIVERED, "", 0);

    static Outcome retry(String reason) {
        return new Outcome(Kind.RETRY, reason, 0);
    }

    static Outcome retryAfter(String reason, long millis) {
        return new Outcome(Kind.RETRY, reason, millis);
    }

    static Outcome refused(String reason) {
        return new Outcome(Kind.REFUSED, reason, 0);
    }
}
