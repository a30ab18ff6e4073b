// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

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

    /**
     * An event on a page.
     *
     * @param rank place of its wording among the wordings, from 0
     */
    record Placed(Ranked wording, int rank, Events.Found found) {

        Moment moment() {
            return wording.moment(found.event());
        }
    }

    long total() {
        return ranked.stream().mapToLong(this::count).sum();
    }

    /**
     * @param from place of the first, from 0
     * @param size how many at most
     */
    List<Placed> page(int from, int size) throws IOException {
        return page(0, from, size);
    }

    /** The page behind a place, which goes on with the next wording when that of the place is gone. */
    List<Placed> after(SearchCursor.Place place, int size) throws IOException {
        int rank = rank(place);
        if (rank == ranked.size() || !ranked.get(rank).id().equals(place.wording())) {
            return page(rank, 0, size);
        }
        Ranked begun = ranked.get(rank);
        List<Placed> page = new ArrayList<>();
        events.newestAfter(List.of(begun.id()), place.event(), size)
                .forEach(found -> page.add(new Placed(begun, rank, found)));
        page.addAll(page(rank + 1, 0, size - page.size()));
        return page;
    }

    private int rank(SearchCursor.Place place) {
        for (int rank = 0; rank < ranked.size(); rank++) {
            if (ranked.get(rank).id().equals(place.wording())) {
                return rank;
            }
        }
        return Math.min(place.rank(), ranked.size());
    }

    private List<Placed> page(int fromRank, int from, int size) throws IOException {
        List<Placed> page = new ArrayList<>();
        List<Integer> whole = new ArrayList<>();
        long before = from;
        int room = size;
        for (int rank = fromRank; rank < ranked.size() && room > 0; rank++) {
            Ranked one = ranked.get(rank);
            long count = count(one);
            long leftOut = Math.min(count, before);
            before -= leftOut;
            int taken = (int) Math.min(count - leftOut, room);
            room -= taken;
            if (taken == count) {
                whole.add(rank);
            } else if (taken > 0) {
                page.addAll(together(whole));
                whole.clear();
                for (Events.Found found : events.newest(List.of(one.id()), (int) leftOut, taken)) {
                    page.add(new Placed(one, rank, found));
                }
            }
        }
        page.addAll(together(whole));
        return page;
    }

    /** Wordings that are on the page with all their events, in one request. */
    private List<Placed> together(List<Integer> whole) throws IOException {
        if (whole.isEmpty()) {
            return List.of();
        }
        List<String> ids = whole.stream().map(rank -> ranked.get(rank).id()).toList();
        int size =
                (int) whole.stream().mapToLong(rank -> count(ranked.get(rank))).sum();
        Map<String, List<Events.Found>> each = events.newest(ids, 0, size).stream()
                .collect(
                        Collectors.groupingBy(found -> Wording.of(found.event()).id()));
        List<Placed> page = new ArrayList<>();
        for (int rank : whole) {
            Ranked one = ranked.get(rank);
            each.getOrDefault(one.id(), List.of()).forEach(found -> page.add(new Placed(one, rank, found)));
        }
        return page;
    }

    private long count(Ranked one) {
        return counts.getOrDefault(one.id(), 0L);
    }
}
