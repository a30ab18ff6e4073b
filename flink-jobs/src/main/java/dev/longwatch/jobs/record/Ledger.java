// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

import org.jspecify.annotations.Nullable;

/**
 * Accounts for every millisecond of a stream's wall clock once: what is recorded and what is missing add up to the time that
 * went by.
 */
final class Ledger {

    /** Clocks are not better than this: what is missing less is not told. */
    static final long TOLERANCE_MILLIS = 500;

    private long coveredMillis;

    /** A stretch of wall clock in milliseconds, the end exclusive. */
    record Stretch(long startMillis, long endMillis) {}

    /** @param coveredMillis until then all is accounted for */
    Ledger(long coveredMillis) {
        this.coveredMillis = coveredMillis;
    }

    long coveredMillis() {
        return coveredMillis;
    }

    /** Accounts for the time until then as missing; null when too little is. */
    @Nullable
    Stretch missingUntil(long millis) {
        if (millis - coveredMillis < TOLERANCE_MILLIS) {
            return null;
        }
        Stretch missing = new Stretch(coveredMillis, millis);
        coveredMillis = millis;
        return missing;
    }

    /**
     * Accounts for pictures that end then, after {@link #missingUntil} was called with their start.
     *
     * @return what they add to the time accounted for: a millisecond when they add nothing
     */
    Stretch recordedUntil(long millis) {
        Stretch recorded = new Stretch(coveredMillis, Math.max(coveredMillis + 1, millis));
        coveredMillis = recorded.endMillis;
        return recorded;
    }

    /** The last stretch could not be written down: it is not accounted for. */
    void forget(Stretch last) {
        coveredMillis = last.startMillis;
    }

    /** Whether all of it is accounted for already. */
    boolean isCovered(long untilMillis) {
        return untilMillis <= coveredMillis;
    }
}
