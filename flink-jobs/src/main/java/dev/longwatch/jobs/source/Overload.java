// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.source;

import java.util.function.LongSupplier;

/**
 * Tells an analysis that cannot keep up with a stream from one that catches up after an outage. It lags when more is recorded
 * and not yet looked at than a bound; that is an overload as soon as half the bound's time has passed in which the lag did
 * not shrink by a tenth of the bound. So a minute that was missed is made up for as long as that gets anywhere, and what can
 * never be made up for is given up soon.
 */
final class Overload {

    private final long maxLagMillis;
    private final LongSupplier clock;
    private boolean lagging;
    private long markLagMillis;
    private long markMillis;

    Overload(long maxLagMillis) {
        this(maxLagMillis, () -> System.nanoTime() / 1_000_000);
    }

    /** @param clock milliseconds that pass, from anywhere */
    Overload(long maxLagMillis, LongSupplier clock) {
        this.maxLagMillis = maxLagMillis;
        this.clock = clock;
    }

    /**
     * Judges the lag as it is now. Once it is an overload the lag is over: what there is of it is given up.
     *
     * @param lagMillis from the end of the last clip to the end of what is recorded
     */
    boolean isOne(long lagMillis) {
        if (lagMillis <= maxLagMillis) {
            lagging = false;
            return false;
        }
        long now = clock.getAsLong();
        if (!lagging || lagMillis <= markLagMillis - maxLagMillis / 10) {
            lagging = true;
            markLagMillis = lagMillis;
            markMillis = now;
            return false;
        }
        boolean overload = now - markMillis >= maxLagMillis / 2;
        lagging = !overload;
        return overload;
    }
}
