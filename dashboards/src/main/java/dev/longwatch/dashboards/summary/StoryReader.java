// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.summary;

import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.indexer.search.CoverageLedger;
import dev.longwatch.indexer.search.EventFilter;
import dev.longwatch.indexer.search.EventSearch;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a {@link Story}. Every failure is an {@code IndexException}. */
public final class StoryReader {

    /** Of one story; a day of a lively street. */
    private static final int MOST_EVENTS = 10_000;

    /** Of a recording that goes on for weeks, if nobody says which part. */
    private static final long USUAL_MILLIS = 3_600_000;

    private final EventSearch search;
    private final CoverageLedger ledger;

    public StoryReader(EventSearch search, CoverageLedger ledger) {
        this.search = search;
        this.ledger = ledger;
    }

    /**
     * All that is kept of a stream, or of a stretch of it.
     *
     * @param file whether the stream is a file, whose clock begins with it also when nothing was seen in it
     * @param range on the stream's clock, or on the wall clock; null for all of a file and the last hour of a recording
     * @param wallClock whether the range is on the wall clock
     * @return nothing when nobody ever watched it
     */
    public Optional<Story> of(String stream, boolean file, @Nullable TimeSpan range, boolean wallClock) {
        Optional<VideoEvent> latest = latest(stream);
        Watched all = Watched.of(ledger, stream, 0, new TimeSpan(0, Watched.END));
        long ledgerBegins = begins(all);
        if (latest.isEmpty() && ledgerBegins == Watched.END) {
            return Optional.empty();
        }
        long zero = latest.map(VideoEvent::recordedAtMillis).orElse(file ? ledgerBegins : 0);
        TimeSpan asked = range == null ? usual(zero, all) : onStreamClock(range, wallClock ? zero : 0);
        Watched watched = Watched.of(ledger, stream, zero, asked);
        EventFilter filter = EventFilter.ALL
                .inStreams(stream)
                .between(
                        Instant.ofEpochMilli(zero + asked.startMillis()),
                        asked.endMillis() == Watched.END ? null : Instant.ofEpochMilli(zero + asked.endMillis()));
        List<VideoEvent> listed = search.list(filter, MOST_EVENTS);
        List<VideoEvent> events = listed.stream()
                .filter(event -> event.recordedAtMillis() == zero)
                .toList();
        long leftOut = listed.size() < MOST_EVENTS ? 0 : search.count(filter) - listed.size();
        long end = Math.max(
                watched.range().endMillis(),
                asked.endMillis() == Watched.END
                        ? events.stream()
                                .mapToLong(event -> event.span().endMillis())
                                .max()
                                .orElse(0)
                        : 0);
        if (end > watched.range().endMillis()) {
            watched = Watched.of(ledger, stream, zero, new TimeSpan(asked.startMillis(), end));
        }
        return Optional.of(new Story(stream, zero, watched, events, leftOut));
    }

    /** The event that was written last: a file may have been watched before it was changed. */
    private Optional<VideoEvent> latest(String stream) {
        return search.list(EventFilter.ALL.inStreams(stream), MOST_EVENTS).stream()
                .max(Comparator.comparingLong(VideoEvent::version));
    }

    private static long begins(Watched all) {
        List<Watched.NotWatched> not = all.notWatched();
        boolean unknownFirst = !not.isEmpty()
                && not.get(0).state().equals("unknown")
                && not.get(0).span().startMillis() == 0;
        long begins = unknownFirst ? not.get(0).span().endMillis() : 0;
        return all.range().endMillis() > begins ? begins : Watched.END;
    }

    private static TimeSpan usual(long zero, Watched all) {
        if (zero > 0 || !StreamClock.isWallClock(all.range().endMillis())) {
            return new TimeSpan(0, Watched.END);
        }
        return new TimeSpan(all.range().endMillis() - USUAL_MILLIS, all.range().endMillis());
    }

    private static TimeSpan onStreamClock(TimeSpan range, long zero) {
        long start = Math.max(0, range.startMillis() - zero);
        long end = range.endMillis() == Watched.END ? Watched.END : Math.max(start, range.endMillis() - zero);
        return new TimeSpan(start, end);
    }
}
