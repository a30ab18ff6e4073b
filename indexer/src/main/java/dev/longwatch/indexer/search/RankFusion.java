// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/**
 * Reciprocal rank fusion: what several rankings put in front comes to the front, whatever their scores are worth. Equal
 * scores share a rank, so that of many events that say the same none loses to another.
 */
final class RankFusion {

    /** The usual damping: the first place counts little more than the second. */
    private static final int DAMPING = 60;

    private RankFusion() {}

    /**
     * One way to rank.
     *
     * @param score the higher the better; 0 or less for what it does not know, which then gets nothing from it
     * @param weight how much its places count
     */
    record By<T>(ToDoubleFunction<T> score, double weight) {}

    /**
     * @param candidates what is ranked
     * @param rankings the ways to rank them
     * @return each candidate's share of what first places everywhere would give, above 0 to 1
     */
    static <T> Map<T, Double> fuse(List<T> candidates, List<By<T>> rankings) {
        Map<T, Double> fused = new HashMap<>();
        double best = rankings.stream().mapToDouble(By::weight).sum() / (DAMPING + 1);
        for (By<T> ranking : rankings) {
            TreeSet<Double> scores = new TreeSet<>(Comparator.reverseOrder());
            candidates.forEach(candidate -> scores.add(ranking.score().applyAsDouble(candidate)));
            List<Double> places = new ArrayList<>(scores);
            for (T candidate : candidates) {
                double score = ranking.score().applyAsDouble(candidate);
                int rank = places.indexOf(score) + 1;
                double part = score > 0 ? ranking.weight() / (DAMPING + rank) / best : 0;
                fused.merge(candidate, part, Double::sum);
            }
        }
        return fused;
    }
}
