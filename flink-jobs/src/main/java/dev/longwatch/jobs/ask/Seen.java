// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.ask;

import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.jobs.clip.Clock;

/**
 * A moment at which a condition is met.
 *
 * @param stream the video's name
 * @param uri where the video is
 * @param text what is seen
 * @param span on the video's clock
 * @param recordedAtMillis wall clock of the video's first picture, milliseconds since 1970 UTC
 * @param probability that it is so, 0 to 1
 */
record Seen(String stream, String uri, String text, TimeSpan span, long recordedAtMillis, double probability) {

    /** {@code 00:01:02.0–00:01:05.5}. */
    static String clock(TimeSpan span) {
        return span.millis() == 0
                ? Clock.of(span.startMillis())
                : Clock.of(span.startMillis()) + "\u2013" + Clock.of(span.endMillis());
    }

    long startedAtMillis() {
        return recordedAtMillis + span.startMillis();
    }
}
