// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import co.elastic.clients.elasticsearch._types.FieldValue;
import dev.longwatch.indexer.event.VideoEvent;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * "The second time": the n-th of each stream, where events that overlap are one occurrence. Counted from the end that it is
 * asked from, so that no more events are looked at than it takes.
 */
final class Occurrences {

    /** Measured: one request more costs as much as a thousand more on a page. */
    private static final int PAGE = 2_000;

    private final int ordinal;
    private final Map<String, Counted> streams = new HashMap<>();

    /** Of one stream. Time runs backwards where it is counted from the end. */
    private static final class Counted {
        private int number;
        private long begins;
        private long reaches;
        private boolean known;
    }

    /** @param ordinal 1 for the first, -1 for the last */
    Occurrences(int ordinal) {
        this.ordinal = ordinal;
    }

    /**
     * @param events one of each stream that has so many, the newest first
     * @param whole whether all events were looked at that could change that
     */
    record Picked(List<VideoEvent> events, boolean whole) {}

    /**
     * @param wordings which events count, of any of these
     * @param ordinal 1 for the first, -1 for the last
     */
    static Picked pick(Events events, List<String> wordings, int ordinal) throws IOException {
        Occurrences occurrences = new Occurrences(ordinal);
        boolean fromTheEnd = ordinal < 0;
        List<Events.Span> outermost = events.outermost(wordings, fromTheEnd, SearchRequest.LAST);
        outermost.forEach(occurrences::add);
        int seen = outermost.size();
        boolean more = seen == SearchRequest.LAST || occurrences.areSought();
        List<FieldValue> after = List.of();
        while (more && seen < SearchRequest.LAST) {
            List<Events.Span> page = events.spans(wordings, fromTheEnd, occurrences.known(), after, PAGE);
            page.forEach(occurrences::add);
            seen += page.size();
            more = page.size() == PAGE && occurrences.areSought();
            after = page.isEmpty() ? after : page.get(page.size() - 1).place();
        }
        return new Picked(events.begun(wordings, occurrences.begun()), !more);
    }

    /** @param span the next in the order in which they began, or the next to last to end */
    void add(Events.Span span) {
        Counted counted = streams.computeIfAbsent(span.stream(), stream -> new Counted());
        long begins = ordinal > 0 ? span.fromMillis() : -span.toMillis();
        long reaches = ordinal > 0 ? span.toMillis() : -span.fromMillis();
        if (counted.known) {
            return;
        }
        if (counted.number > 0 && begins <= counted.reaches) {
            counted.reaches = Math.max(counted.reaches, reaches);
        } else if (counted.number == -ordinal) {
            // from the end it is whole only when the one before it has come
            counted.known = true;
        } else {
            counted.number++;
            counted.begins = begins;
            counted.reaches = reaches;
            counted.known = counted.number == ordinal;
        }
    }

    /** Whether more spans of those streams might tell more. */
    private boolean areSought() {
        return streams.values().stream().anyMatch(counted -> !counted.known);
    }

    /** Streams of which no more need be added. */
    Set<String> known() {
        return streams.entrySet().stream()
                .filter(stream -> stream.getValue().known)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** When it began, in milliseconds since 1970 UTC, on each stream that has so many. */
    Map<String, Long> begun() {
        return streams.entrySet().stream()
                .filter(stream -> stream.getValue().number == Math.abs(ordinal))
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        stream -> ordinal > 0 ? stream.getValue().begins : -stream.getValue().reaches));
    }
}
