// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import co.elastic.clients.elasticsearch._types.FieldValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;

/**
 * Where a page of a search ended, as a {@link PageCursor}. It holds when the first page was asked for, so that "yesterday"
 * means the same on all of them, and which search it is of: a place in the answer of another one means nothing.
 */
final class SearchCursor {

    private SearchCursor() {}

    /**
     * Behind an event, where every event is for itself. What comes in newly has its place among those of its wording, which
     * are in the order of time: it moves nothing to another page.
     *
     * @param askedMillis when the first page was asked for, milliseconds since 1970 UTC
     * @param wording the event's; empty where no words were asked for
     * @param rank place of the wording in the answer, from 0, should it be gone
     * @param event what the event was sorted by
     */
    record Place(long askedMillis, String wording, int rank, List<FieldValue> event) {}

    /**
     * Behind a group, or an occurrence, of those that are made anew for each page.
     *
     * @param askedMillis as above
     * @param last what stands for the group: the id of an event, or a stream
     * @param shown how many there were up to it, should it be gone
     */
    record Spot(long askedMillis, String last, int shown) {}

    /** The year 9999. */
    private static final long LATEST = 253_402_300_799_999L;

    private static final String PLACE = "nwn";
    private static final String SPOT = "nwn";

    static String of(SearchRequest request, Place place) {
        List<FieldValue> values = new ArrayList<>(List.of(
                FieldValue.of(place.askedMillis()), FieldValue.of(place.wording()), FieldValue.of(place.rank())));
        values.addAll(place.event());
        return PageCursor.of(list(request), values);
    }

    static String of(SearchRequest request, Spot spot) {
        return PageCursor.of(
                list(request),
                List.of(FieldValue.of(spot.askedMillis()), FieldValue.of(spot.last()), FieldValue.of(spot.shown())));
    }

    /** @throws dev.longwatch.indexer.client.IndexException when that search has given out no such word */
    static Place place(SearchRequest request, String cursor) {
        List<FieldValue> values = PageCursor.read(list(request), PLACE + Events.PLACE, cursor);
        return new Place(
                askedMillis(values.get(0)),
                values.get(1).stringValue(),
                place(values.get(2)),
                values.subList(PLACE.length(), values.size()));
    }

    /** @throws dev.longwatch.indexer.client.IndexException when that search has given out no such word */
    static Spot spot(SearchRequest request, String cursor) {
        List<FieldValue> values = PageCursor.read(list(request), SPOT, cursor);
        return new Spot(askedMillis(values.get(0)), values.get(1).stringValue(), place(values.get(2)));
    }

    private static long askedMillis(FieldValue value) {
        long millis = value.longValue();
        if (millis < 0 || millis > LATEST) {
            throw PageCursor.unknown();
        }
        return millis;
    }

    /** One that somebody made up may be anything. */
    private static int place(FieldValue value) {
        return (int) Math.max(0, Math.min(value.longValue(), SearchRequest.LAST));
    }

    /**
     * Everything that decides in which order things are found, but for how much of it is shown; and from when to when, which
     * may have been said as a time ago.
     */
    private static String list(SearchRequest request) {
        CRC32 search = new CRC32();
        String asked = request.text()
                + '\n'
                + request.filter().between(null, null)
                + '\n'
                + request.method()
                + '\n'
                + request.literally();
        search.update(asked.getBytes(UTF_8));
        return String.format(Locale.ROOT, "search %s %08x", request.grouping(), search.getValue());
    }
}
