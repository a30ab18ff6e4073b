// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.keep;

/**
 * A stretch of wall clock.
 *
 * @param fromMillis milliseconds since 1970 UTC
 * @param toMillis exclusive; {@link Long#MAX_VALUE} for no end
 */
public record Stretch(long fromMillis, long toMillis) {

    public static final Stretch EVER = new Stretch(0, Long.MAX_VALUE);

    public Stretch {
        if (toMillis <= fromMillis) {
            throw new IllegalArgumentException(
                    "expected a stretch that ends after it begins, found " + fromMillis + " to " + toMillis);
        }
    }

    /** Whether they have an instant in common; what begins and ends at once has its own. */
    boolean touches(long startMillis, long endMillis) {
        return startMillis < toMillis && Math.max(endMillis, startMillis + 1) > fromMillis;
    }
}
