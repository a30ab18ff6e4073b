// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.videos;

import dev.longwatch.dashboards.api.http.ClockTime;
import dev.longwatch.indexer.coverage.CoverageSpan;
import dev.longwatch.indexer.coverage.RuleProbability;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How likely the model held it, over time, that each rule's condition occurs: the highest probability of all clips that a
 * step of time is part of. Clips overlap, so that a peak is narrower than a clip.
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

    /**
     * @param begin of the stretch, on the wall clock
     * @param end of the stretch, on the wall clock
     */
    static Curves of(List<CoverageSpan> entries, ClockTime from, long begin, long end) {
        long step = Math.max(SHORTEST_MILLIS, (end - begin - 1) / MOST_STEPS + 1);
        int steps = (int) ((end - begin - 1) / step + 1);
        Map<String, @Nullable Double[]> curves = new TreeMap<>();
        for (CoverageSpan entry : entries) {
            int first = (int) ((Math.max(entry.fromMillis(), begin) - begin) / step);
            int last = (int) ((Math.min(entry.toMillis(), end) - 1 - begin) / step);
            for (RuleProbability said : entry.probabilities()) {
                @Nullable Double[] values = curves.computeIfAbsent(said.rule(), rule -> new Double[steps]);
                double rounded = Math.round(said.probability() * THOUSANDTHS) / THOUSANDTHS;
                for (int i = first; i <= last; i++) {
                    @Nullable Double before = values[i];
                    values[i] = before == null ? rounded : Math.max(before, rounded);
                }
            }
        }
        return new Curves(
                from,
                step / 1e3,
                curves.entrySet().stream()
                        .map(curve -> new Curve(curve.getKey(), Arrays.asList(curve.getValue())))
                        .toList());
    }
}
