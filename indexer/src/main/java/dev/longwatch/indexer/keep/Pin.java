// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.keep;

import dev.longwatch.indexer.event.VideoEvent;

/**
 * A stretch of a stream of which everything is kept, whatever retention says: events, alerts and pictures. Deletion spares
 * it too, unless it is told not to.
 *
 * @param id see {@link #of}
 * @param stream the stream or video
 * @param stretch of wall clock
 * @param event the event it was set for; empty when it was set for a time
 * @param caseName the case it belongs to; empty for none
 * @param note why, in words; may be empty
 * @param by who set it; may be empty
 * @param atMillis when, milliseconds since 1970 UTC
 */
public record Pin(
        String id,
        String stream,
        Stretch stretch,
        String event,
        String caseName,
        String note,
        String by,
        long atMillis) {

    /** Sets a pin on a time. The same stretch of the same case is the same pin. */
    public static Pin of(String stream, Stretch stretch, String caseName, String note, String by, long nowMillis) {
        return new Pin(identity(stream, stretch, caseName), stream, stretch, "", caseName, note, by, nowMillis);
    }

    /** Sets a pin on an event, as long as it is now. */
    public static Pin of(VideoEvent event, String caseName, String note, String by, long nowMillis) {
        long start = event.startedAtMillis();
        long end = event.recordedAtMillis() + event.span().endMillis();
        Stretch stretch = new Stretch(start, Math.max(start + 1, end));
        return new Pin(
                identity(event.stream(), stretch, caseName),
                event.stream(),
                stretch,
                event.id(),
                caseName,
                note,
                by,
                nowMillis);
    }

    private static String identity(String stream, Stretch stretch, String caseName) {
        return Identity.of("pin", stream, caseName, stretch.fromMillis() + "-" + stretch.toMillis());
    }

    boolean keeps(String ofStream, long startMillis, long endMillis) {
        return stream.equals(ofStream) && stretch.touches(startMillis, endMillis);
    }
}
