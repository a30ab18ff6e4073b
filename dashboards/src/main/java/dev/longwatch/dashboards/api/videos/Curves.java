// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.videos;

import dev.longwatch.dashboards.api.http.ClockTime;
import dev.longwatch.indexer.coverage.Peaks;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stretch's {@link Peaks} as the page draws them.
 *
 * @param from where the first step begins
 * @param stepSeconds length of a step
 * @param rules a curve for each rule that was asked, in order of the alphabet
 */
record Curves(ClockTime from, double stepSeconds, List<Curve> rules) {

    /** In a stretch of any length. */
    private static final int MOST_STEPS = 500;

    private static final long SHORTEST_MILLIS = 500;
    private static final double THOUSANDTHS = 1_000;

    /** @param values one for each step, to three places; null where the rule was not asked */
    record Curve(String rule, List<@Nullable Double> values) {}

    /** How long a step of a stretch of the wall clock should be. */
    static long stepMillis(long begin, long end) {
        return Math.max(SHORTEST_MILLIS, (end - begin - 1) / MOST_STEPS + 1);
    }

    static Curves of(Peaks peaks, ClockTime from) {
        return new Curves(
                from,
                peaks.stepMillis() / 1e3,
                peaks.rules().entrySet().stream()
                        .map(rule -> new Curve(rule.getKey(), rounded(rule.getValue())))
                        .toList());
    }

    private static List<@Nullable Double> rounded(float[] values) {
        List<@Nullable Double> rounded = new ArrayList<>(values.length);
        for (float value : values) {
            rounded.add(Float.isNaN(value) ? null : Math.round(value * THOUSANDTHS) / THOUSANDTHS);
        }
        return rounded;
    }
}
