// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

/** The time of day, for recordings: never goes back. */
interface WallClock {

    /** Microseconds since 1970 UTC. */
    long micros();

    default long millis() {
        return Math.floorDiv(micros(), 1_000);
    }
}
