// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.summary;

import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.event.VideoEvent;
import java.util.List;

/**
 * All that is kept about a stretch of a stream, on the stream's clock.
 *
 * @param stream the stream's name
 * @param zeroMillis where its clock begins, milliseconds since 1970 UTC; 0 when it is the wall clock
 * @param watched what somebody looked at
 * @param events those that lie in the stretch or reach into it, by their beginning
 * @param leftOut how many more there are, later than those, which are too many to tell
 */
public record Story(String stream, long zeroMillis, Watched watched, List<VideoEvent> events, long leftOut) {

    public Story {
        events = List.copyOf(events);
    }

    TimeSpan range() {
        return watched.range();
    }

    /** The part of an event that lies in the stretch. */
    TimeSpan inside(VideoEvent event) {
        long start = Math.min(Math.max(event.span().startMillis(), range().startMillis()), range().endMillis());
        long end = Math.min(event.span().endMillis(), range().endMillis());
        return new TimeSpan(start, Math.max(start, end));
    }
}
