// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

/**
 * A place between two lines of a stream's index. Kept in checkpoints.
 *
 * @param page the hour, such as {@code 2026-03-01T09}; empty before the first
 * @param offset bytes into the page
 */
public record IndexPosition(String page, long offset) {

    /** Before everything. */
    public static final IndexPosition START = new IndexPosition("", 0);

    /** Longer than any segment. */
    private static final long REACH_MILLIS = 15 * 60_000;

    /**
     * Before everything that reaches beyond an instant.
     *
     * @param millis since 1970 UTC
     */
    public static IndexPosition before(long millis) {
        return new IndexPosition(SegmentIndex.hour(millis - REACH_MILLIS), 0);
    }
}
