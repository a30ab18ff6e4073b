// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.alert.deliver;

import java.io.Serializable;

/**
 * How often a message is tried, and how long to wait in between: twice as long after each attempt. With the usual one a
 * message is tried for about an hour.
 *
 * @param attempts in all, at least 1
 * @param firstMillis before the second attempt
 * @param longestMillis before any
 */
public record Patience(int attempts, long firstMillis, long longestMillis) implements Serializable {

    private static final long serialVersionUID = 1L;

    public static final Patience USUAL = new Patience(14, 1_000, 900_000);

    /** No receiver is obeyed when it wants to be left alone for longer. */
    static final long LONGEST_WISH_MILLIS = 24 * 3_600_000L;

    public Patience {
        if (attempts < 1 || firstMillis < 1 || longestMillis < firstMillis) {
            throw new IllegalArgumentException("expected an attempt or more and 1 <= first <= longest, found "
                    + attempts + ", " + firstMillis + " ms, " + longestMillis + " ms");
        }
    }

    /**
     * @param failures in a row, at least 1
     * @param chance from 0 to 1: messages that failed together are not tried again together
     * @return from half the time to all of it
     */
    long pauseMillis(int failures, double chance) {
        double millis = Math.min(longestMillis, firstMillis * Math.pow(2, failures - 1));
        return Math.max(1, Math.round(millis * (0.5 + chance / 2)));
    }
}
