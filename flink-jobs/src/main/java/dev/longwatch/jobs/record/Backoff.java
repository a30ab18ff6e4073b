// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: a tenth of how long it lasts already, so that little more is missing than the
 * camera was away, and spread so that many streams of one server that went away do not come back at once.
 */
final class Backoff {

    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(15);

    /** Cameras lock out who tries a wrong password too often. */
    private static final Duration LOCK_OUT = Duration.ofSeconds(30);

    private static final double SPREAD = 0.2;

    /** The waits before the nth add up to about ten times the nth. */
    private static final double GROWTH = 1.1;

    private final RandomGenerator random;
    private Duration next = FIRST;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** After an attempt that failed in this way. */
    Duration after(Condition condition) {
        boolean shutOut = condition == Condition.UNAUTHORIZED || condition == Condition.NOT_TRUSTED;
        Duration base = shutOut ? LOCK_OUT : next;
        Duration grown = Duration.ofMillis(Math.round(next.toMillis() * GROWTH));
        next = grown.compareTo(LONGEST) < 0 ? grown : LONGEST;
        double factor = 1 + SPREAD * (2 * random.nextDouble() - 1);
        return Duration.ofMillis(Math.round(base.toMillis() * factor));
    }

    /** The stream was recorded: what fails next is something new. */
    void reset() {
        next = FIRST;
    }
}
