// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.sink;

/**
 * How long to wait before trying again: twice as long after each failure in a row, up to {@value #LONGEST_MILLIS} ms.
 * Used by one thread at a time.
 */
final class Pause {

    static final long SHORTEST_MILLIS = 200;
    static final long LONGEST_MILLIS = 5_000;

    private long nextMillis = SHORTEST_MILLIS;

    /** @return milliseconds to wait now */
    long afterFailure() {
        long now = nextMillis;
        nextMillis = Math.min(LONGEST_MILLIS, nextMillis * 2);
        return now;
    }

    void afterSuccess() {
        nextMillis = SHORTEST_MILLIS;
    }
}
