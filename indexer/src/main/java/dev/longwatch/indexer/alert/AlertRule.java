// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.alert;

import java.io.Serializable;

/**
 * A question asked of every clip, and when its answers make an event.
 *
 * <p>Travels through Flink: components stay flat.
 *
 * @param name short and unique, as shown and filtered by
 * @param when the condition in plain words
 * @param threshold least probability at which a sighting counts, 0 to 1
 * @param minMillis events shorter than this are dropped
 * @param mergeMillis sightings closer than this are one event
 */
public record AlertRule(String name, String when, double threshold, long minMillis, long mergeMillis)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    public static final double THRESHOLD = 0.5;
    public static final long MERGE_MILLIS = 1_000;

    public AlertRule {
        if (name.isBlank() || when.isBlank()) {
            throw new IllegalArgumentException(
                    "a rule needs a name and a condition in words, found '" + name + "': '" + when + "'");
        }
        if (!(threshold >= 0 && threshold <= 1)) {
            throw new IllegalArgumentException("rule '" + name + "': threshold from 0 to 1, found " + threshold);
        }
        if (minMillis < 0 || mergeMillis < 0) {
            throw new IllegalArgumentException("rule '" + name + "': durations are not negative, found minimum "
                    + minMillis + " ms, merge " + mergeMillis + " ms");
        }
    }

    /** A rule named by its own words, with the usual settings. */
    public static AlertRule of(String when) {
        String words = when.strip();
        return new AlertRule(words, words, THRESHOLD, 0, MERGE_MILLIS);
    }

    public AlertRule withThreshold(double probability) {
        return new AlertRule(name, when, probability, minMillis, mergeMillis);
    }
}
