// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.alert;

/**
 * Nobody wants to hear of a rule on a stream for a while.
 *
 * @param stream its name
 * @param rule its name
 * @param untilMillis milliseconds since 1970 UTC
 */
public record Snooze(String stream, String rule, long untilMillis) {

    public boolean covers(String otherStream, String otherRule, long millis) {
        return millis < untilMillis && stream.equals(otherStream) && rule.equals(otherRule);
    }
}
