// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

/**
 * A stretch of wall clock of which nothing was recorded.
 *
 * @param stream the stream's name
 * @param epoch the one that follows it, or the last one
 * @param startMillis wall clock, milliseconds since 1970 UTC
 * @param endMillis wall clock, exclusive; a long outage is told in pieces
 * @param reason why
 */
public record Gap(String stream, long epoch, long startMillis, long endMillis, Condition reason) implements IndexEntry {

    @Override
    public String why() {
        return reason.words();
    }
}
