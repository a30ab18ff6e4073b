// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import dev.longwatch.indexer.event.VideoEvent;
import java.util.ArrayList;
import java.util.List;

/** Puts moments together that overlap in time and so look at the same thing; the best of each group stands for it. */
final class Grouped {

    private Grouped() {}

    /**
     * @param moments best first
     * @param most how many of a group, its best included
     * @return best first, each with the others of its group
     */
    static List<Moment> byMoment(List<Moment> moments, int most) {
        List<List<Moment>> groups = new ArrayList<>();
        for (Moment moment : moments) {
            List<List<Moment>> touched = groups.stream()
                    .filter(group -> group.stream().anyMatch(other -> together(moment.event(), other.event())))
                    .toList();
            if (touched.isEmpty()) {
                groups.add(new ArrayList<>(List.of(moment)));
            } else {
                // an event may join two groups that did not touch before
                List<Moment> first = touched.get(0);
                first.add(moment);
                for (List<Moment> other : touched.subList(1, touched.size())) {
                    first.addAll(other);
                    groups.removeIf(group -> group == other);
                }
            }
        }
        return groups.stream().map(group -> one(group, most)).toList();
    }

    private static boolean together(VideoEvent one, VideoEvent other) {
        return one.stream().equals(other.stream())
                && one.uri().equals(other.uri())
                && one.span().startMillis() <= other.span().endMillis()
                && other.span().startMillis() <= one.span().endMillis();
    }

    private static Moment one(List<Moment> group, int most) {
        return group.get(0)
                .with(group.stream().skip(1).limit(most - 1L).map(Moment::event).toList(), group.size());
    }
}
