// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.summary;

import dev.longwatch.dashboards.summary.Watched.NotWatched;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.event.VideoEvent;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Stories of a yard, in seconds. */
final class Stories {

    private Stories() {}

    static VideoEvent event(String text, long start, long end) {
        return new VideoEvent(
                text + start,
                1,
                "yard",
                "yard.mp4",
                text,
                text,
                new TimeSpan(start * 1_000, end * 1_000),
                0,
                0.9,
                VideoEvent.State.CLOSED,
                "nano-0",
                2,
                "");
    }

    static NotWatched gap(long start, long end) {
        return new NotWatched(new TimeSpan(start * 1_000, end * 1_000), "gap", "the video has no pictures here");
    }

    /** All of it watched. */
    static Story of(long seconds, VideoEvent... events) {
        return of(seconds, List.of(), events);
    }

    static Story of(long seconds, List<NotWatched> not, VideoEvent... events) {
        long notMillis = not.stream().mapToLong(each -> each.span().millis()).sum();
        return new Story(
                "yard",
                0,
                new Watched(new TimeSpan(0, seconds * 1_000), seconds * 1_000 - notMillis, not),
                Stream.of(events)
                        .sorted(Comparator.comparingLong(event -> event.span().startMillis()))
                        .toList(),
                0);
    }
}
