// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.trials;

/** Whoever waits for a trial to end. */
public interface Waiting {

    /** Waits to the end and asks nothing meanwhile. */
    Waiting PATIENTLY = new Waiting() {

        @Override
        public void watched(long millis, long ofMillis) {}

        @Override
        public void stoppable(Runnable stop) {}
    };

    /**
     * Told when watching begins, and after each clip.
     *
     * @param millis of the video that were looked at
     * @param ofMillis how much there is to look at; 0 when nobody knows
     */
    void watched(long millis, long ofMillis);

    /**
     * Told once, before anything is watched.
     *
     * @param stop stops the trial, from any thread; what was found until then is its answer
     */
    void stoppable(Runnable stop);
}
