// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.sheet;

import java.util.List;
import java.util.Locale;

/**
 * How sure the model was of each clip, drawn: how many clips there are of each probability, and where the threshold lies
 * among them. Tells whether another threshold would make another rule.
 */
final class Histogram {

    private static final int BARS = 20;
    private static final int WIDTH = 600;
    private static final int HEIGHT = 120;

    private Histogram() {}

    /**
     * The drawing.
     *
     * @param probabilities of every clip, 0 to 1
     * @param threshold from which on a clip counts
     * @return empty when there are no clips
     */
    static String of(List<Double> probabilities, double threshold) {
        if (probabilities.isEmpty()) {
            return "";
        }
        int[] counts = counts(probabilities);
        int most = 1;
        for (int count : counts) {
            most = Math.max(most, count);
        }
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<section><h2>How sure of each clip <small>%s</small></h2>%n<svg viewBox=\"0 -16 %d %d\" role=\"img\">%n",
                sentence(probabilities, threshold),
                WIDTH,
                HEIGHT + 36));
        int bar = WIDTH / BARS;
        for (int i = 0; i < BARS; i++) {
            if (counts[i] > 0) {
                // of most rules nearly all clips say no: their square roots leave the few others visible
                double height = Math.max(2, HEIGHT * Math.sqrt((double) counts[i] / most));
                svg.append(String.format(
                        Locale.ROOT,
                        "<rect x=\"%d\" y=\"%.1f\" width=\"%d\" height=\"%.1f\"/><text x=\"%d\" y=\"%.1f\">%d</text>%n",
                        i * bar + 1,
                        HEIGHT - height,
                        bar - 2,
                        height,
                        i * bar + bar / 2,
                        HEIGHT - height - 3,
                        counts[i]));
            }
        }
        double x = Math.max(0, Math.min(1, threshold)) * WIDTH;
        svg.append(String.format(
                Locale.ROOT,
                "<line x1=\"%1$.1f\" x2=\"%1$.1f\" y1=\"-14\" y2=\"%2$d\"/><text x=\"%3$d\" y=\"%4$d\">0</text>"
                        + "<text x=\"%5$d\" y=\"%4$d\">0.5</text><text x=\"%6$d\" y=\"%4$d\">1</text></svg></section>%n",
                x,
                HEIGHT,
                6,
                HEIGHT + 15,
                WIDTH / 2,
                WIDTH - 6));
        return svg.toString();
    }

    private static int[] counts(List<Double> probabilities) {
        int[] counts = new int[BARS];
        for (double probability : probabilities) {
            counts[Math.max(0, Math.min(BARS - 1, (int) (probability * BARS)))]++;
        }
        return counts;
    }

    private static String sentence(List<Double> probabilities, double threshold) {
        long reach = probabilities.stream().filter(each -> each >= threshold).count();
        return String.format(
                Locale.ROOT,
                "%d of %d clips reach the threshold of %s. Below 0.5 the model mostly names no moment: a lower"
                        + " threshold than that adds little.",
                reach,
                probabilities.size(),
                threshold);
    }
}
