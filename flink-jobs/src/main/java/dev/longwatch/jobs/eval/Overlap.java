// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.eval;

import dev.longwatch.indexer.event.TimeSpan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiPredicate;

/** How far moments agree. */
final class Overlap {

    private Overlap() {}

    /**
     * Intersection over union of two sets of seconds; of one span each the usual measure. 0 when either is empty or has no
     * length.
     */
    static double iou(List<TimeSpan> some, List<TimeSpan> others) {
        List<TimeSpan> all = new ArrayList<>(some);
        all.addAll(others);
        double union = covered(all);
        double both = covered(some) + covered(others) - union;
        return union > 0 ? both / union : 0;
    }

    /** Milliseconds that at least one span covers. */
    private static long covered(List<TimeSpan> spans) {
        long millis = 0;
        long until = 0;
        for (TimeSpan span : spans.stream()
                .sorted(Comparator.comparingLong(TimeSpan::startMillis))
                .toList()) {
            millis += Math.max(0, span.endMillis() - Math.max(until, span.startMillis()));
            until = Math.max(until, span.endMillis());
        }
        return millis;
    }

    /**
     * How many things can be paired one to one, the best overlapping pairs first.
     *
     * @param least a pair overlaps at least so much
     * @param same what else must hold of a pair: indices among the true and the found
     */
    static int pairs(List<TimeSpan> truth, List<TimeSpan> found, double least, BiPredicate<Integer, Integer> same) {
        record Pair(int truth, int found, double iou) {}
        List<Pair> pairs = new ArrayList<>();
        for (int t = 0; t < truth.size(); t++) {
            for (int f = 0; f < found.size(); f++) {
                double iou = iou(List.of(truth.get(t)), List.of(found.get(f)));
                if (iou >= least && same.test(t, f)) {
                    pairs.add(new Pair(t, f, iou));
                }
            }
        }
        pairs.sort(Comparator.comparingDouble(Pair::iou).reversed());
        boolean[] taken = new boolean[truth.size()];
        boolean[] used = new boolean[found.size()];
        int matched = 0;
        for (Pair pair : pairs) {
            if (!taken[pair.truth] && !used[pair.found]) {
                taken[pair.truth] = true;
                used[pair.found] = true;
                matched++;
            }
        }
        return matched;
    }
}
