// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import dev.longwatch.indexer.event.TimeSpan;
import java.util.Locale;

/** Times of a video as people write them. */
final class Times {

    private Times() {}

    /** {@code HH:MM:SS.s}, the tenth cut off and not rounded, so that it is never past the moment. */
    static String clock(long millis) {
        return String.format(
                Locale.ROOT,
                "%02d:%02d:%02d.%d",
                millis / 3_600_000,
                millis / 60_000 % 60,
                millis / 1_000 % 60,
                millis / 100 % 10);
    }

    /** {@code HH:MM:SS}. */
    static String seconds(long millis) {
        String clock = clock(millis);
        return clock.substring(0, clock.length() - 2);
    }

    static String span(TimeSpan span) {
        return clock(span.startMillis()) + "–" + clock(span.endMillis());
    }
}
