// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import dev.longwatch.indexer.event.VideoEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** "The second time": the n-th of each stream, where events that overlap are one occurrence. */
final class Occurrences {

    private Occurrences() {}

    /**
     * @param events in the order in which they began
     * @param ordinal 1 for the first, -1 for the last
     * @return one event of each stream that has so many, the newest first
     */
    static List<VideoEvent> pick(List<VideoEvent> events, int ordinal) {
        Map<String, List<VideoEvent>> occurrences = new LinkedHashMap<>();
        Map<String, Long> ends = new LinkedHashMap<>();
        for (VideoEvent event : events) {
            long end = event.recordedAtMillis() + event.span().endMillis();
            Long before = ends.get(event.stream());
            if (before == null || event.startedAtMillis() > before) {
                occurrences
                        .computeIfAbsent(event.stream(), stream -> new ArrayList<>())
                        .add(event);
            }
            ends.merge(event.stream(), end, Math::max);
        }
        return occurrences.values().stream()
                .filter(each -> each.size() >= Math.abs(ordinal))
                .map(each -> each.get(ordinal < 0 ? each.size() + ordinal : ordinal - 1))
                .sorted(Comparator.comparingLong(VideoEvent::startedAtMillis).reversed())
                .toList();
    }
}
