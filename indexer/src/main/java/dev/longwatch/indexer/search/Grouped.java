// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import dev.longwatch.indexer.event.VideoEvent;
import java.util.ArrayList;
import java.util.List;

/** Puts moments together that look at the same thing; the best of each group stands for it. */
final class Grouped {

    private Grouped() {}

    /** @param moments best first; @return best first, each with the others of its group */
    static List<Moment> by(SearchRequest.Grouping grouping, List<Moment> moments) {
        if (grouping == SearchRequest.Grouping.NONE) {
            return moments;
        }
        List<List<Moment>> groups = new ArrayList<>();
        for (Moment moment : moments) {
            List<List<Moment>> touched = groups.stream()
                    .filter(group ->
                            group.stream().anyMatch(other -> together(grouping, moment.event(), other.event())))
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
        return groups.stream().map(Grouped::one).toList();
    }

    private static boolean together(SearchRequest.Grouping grouping, VideoEvent one, VideoEvent other) {
        boolean same = one.stream().equals(other.stream()) && one.uri().equals(other.uri());
        return same
                && (grouping == SearchRequest.Grouping.VIDEO
                        || (one.span().startMillis() <= other.span().endMillis()
                                && other.span().startMillis() <= one.span().endMillis()));
    }

    private static Moment one(List<Moment> group) {
        return group.get(0)
                .with(group.subList(1, group.size()).stream().map(Moment::event).toList());
    }
}
