// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import java.util.Locale;

/**
 * How far a run has come.
 *
 * @param doneMillis of video tried
 * @param totalMillis of video in all, 0 when not known
 * @param elapsedMillis since the first clip was begun
 * @param events so far
 * @param filesDone files tried to their end
 * @param files in all
 */
record Progress(long doneMillis, long totalMillis, long elapsedMillis, long events, int filesDone, int files) {

    private static final int WIDTH = 24;

    /** How many seconds of video are tried in a second. */
    double timesRealTime() {
        return elapsedMillis <= 0 ? 0 : (double) doneMillis / elapsedMillis;
    }

    /** How much of something is done, from 0 to 1. */
    static String bar(double share) {
        int full = (int) (share * WIDTH);
        return "█".repeat(full) + "░".repeat(WIDTH - full);
    }

    /** One line of at most 110 characters: bar, video time done, speed, events so far, time left. */
    String line() {
        double share = totalMillis <= 0 ? 0 : Math.min(1, (double) doneMillis / totalMillis);
        StringBuilder line = new StringBuilder(bar(share));
        line.append("  ").append(Times.seconds(doneMillis));
        line.append(" / ").append(totalMillis <= 0 ? "?" : Times.seconds(totalMillis));
        line.append(String.format(Locale.ROOT, "  %.1fx", timesRealTime()));
        line.append("  ").append(events).append(events == 1 ? " event" : " events");
        if (files > 1) {
            line.append("  ").append(filesDone).append(" of ").append(files).append(" files");
        }
        if (totalMillis > 0 && doneMillis > 0) {
            long left = Math.round((totalMillis - doneMillis) / timesRealTime());
            line.append("  ").append(Times.seconds(Math.max(0, left))).append(" left");
        }
        return line.toString();
    }
}
