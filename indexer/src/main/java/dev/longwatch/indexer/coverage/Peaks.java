// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.coverage;

import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How likely the model held it, over time, that each rule's condition occurs: the highest probability of all clips that a
 * step of time is part of. Clips overlap, so that a peak is narrower than a clip. Not safe for threads while it is filled.
 */
public final class Peaks {

    private final long fromMillis;
    private final long toMillis;
    private final long stepMillis;
    private final SortedMap<String, float[]> rules = new TreeMap<>();

    /**
     * Of no rule yet.
     *
     * @param fromMillis where the first step begins, milliseconds since 1970 UTC
     * @param toMillis after it
     * @param stepMillis length of a step; the last one may be shorter
     */
    public Peaks(long fromMillis, long toMillis, long stepMillis) {
        if (toMillis <= fromMillis || stepMillis < 1) {
            throw new IllegalArgumentException(
                    "expected a stretch that ends after it begins in steps of at least 1 ms, found " + fromMillis
                            + " to " + toMillis + " in steps of " + stepMillis);
        }
        this.fromMillis = fromMillis;
        this.toMillis = toMillis;
        this.stepMillis = stepMillis;
    }

    public static Peaks of(long fromMillis, long toMillis, long stepMillis, List<CoverageSpan> entries) {
        Peaks peaks = new Peaks(fromMillis, toMillis, stepMillis);
        for (CoverageSpan entry : entries) {
            for (RuleProbability said : entry.probabilities()) {
                peaks.raise(said.rule(), entry.fromMillis(), entry.toMillis(), (float) said.probability());
            }
        }
        return peaks;
    }

    /** Every step of {@code others} counts wherever it reaches. */
    public void add(Peaks others) {
        others.rules.forEach((rule, values) -> {
            for (int i = 0; i < values.length; i++) {
                if (!Float.isNaN(values[i])) {
                    long begins = others.fromMillis + i * others.stepMillis;
                    raise(rule, begins, Math.min(others.toMillis, begins + others.stepMillis), values[i]);
                }
            }
        });
    }

    private void raise(String rule, long from, long to, float probability) {
        if (to <= fromMillis || from >= toMillis) {
            return;
        }
        float[] values = rules.computeIfAbsent(rule, name -> never());
        int last = step(Math.min(to, toMillis) - 1);
        for (int i = step(Math.max(from, fromMillis)); i <= last; i++) {
            values[i] = Float.isNaN(values[i]) ? probability : Math.max(values[i], probability);
        }
    }

    private float[] never() {
        float[] values = new float[step(toMillis - 1) + 1];
        Arrays.fill(values, Float.NaN);
        return values;
    }

    private int step(long millis) {
        return Math.toIntExact((millis - fromMillis) / stepMillis);
    }

    public long stepMillis() {
        return stepMillis;
    }

    /** By rule, one value for each step, 0 to 1; NaN where the rule was not asked. */
    public SortedMap<String, float[]> rules() {
        return rules;
    }
}
