// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.indexer.event.Wording;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The events of ranked wordings as one long list: those of the best wording first, the newest of each first. A page asks
 * only for the events that are on it.
 */
final class EventPages {

    private final Events events;
    private final List<Ranked> ranked;
    private final Map<String, Long> counts;

    /** @param counts how many events each of the wordings has */
    EventPages(Events events, List<Ranked> ranked, Map<String, Long> counts) {
        this.events = events;
        this.ranked = ranked;
        this.counts = counts;
    }

    long total() {
        return ranked.stream().mapToLong(this::count).sum();
    }

    /**
     * @param from place of the first, from 0
     * @param size how many at most
     */
    List<Moment> page(int from, int size) throws IOException {
        List<Moment> page = new ArrayList<>();
        List<Ranked> whole = new ArrayList<>();
        long before = from;
        int room = size;
        for (Ranked one : ranked) {
            long count = count(one);
            long leftOut = Math.min(count, before);
            before -= leftOut;
            int taken = (int) Math.min(count - leftOut, room);
            room -= taken;
            if (taken == count) {
                whole.add(one);
            } else if (taken > 0) {
                page.addAll(together(whole));
                whole.clear();
                events.newest(List.of(one.id()), (int) leftOut, taken).forEach(event -> page.add(one.moment(event)));
            }
        }
        page.addAll(together(whole));
        return page;
    }

    /** Wordings that are on the page with all their events, in one request. */
    private List<Moment> together(List<Ranked> whole) throws IOException {
        if (whole.isEmpty()) {
            return List.of();
        }
        List<String> ids = whole.stream().map(Ranked::id).toList();
        int size = (int) whole.stream().mapToLong(this::count).sum();
        Map<String, List<VideoEvent>> each = events.newest(ids, 0, size).stream()
                .collect(Collectors.groupingBy(event -> Wording.of(event).id()));
        List<Moment> moments = new ArrayList<>();
        for (Ranked one : whole) {
            each.getOrDefault(one.id(), List.of()).forEach(event -> moments.add(one.moment(event)));
        }
        return moments;
    }

    private long count(Ranked one) {
        return counts.getOrDefault(one.id(), 0L);
    }
}
