// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.summary;

import dev.longwatch.indexer.coverage.Coverage;
import dev.longwatch.indexer.coverage.CoverageSpan;
import dev.longwatch.indexer.coverage.CoverageSpan.State;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.search.CoverageLedger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What of a stretch of a stream somebody looked at, on the stream's clock.
 *
 * @param range the stretch
 * @param watchedMillis how much of it
 * @param notWatched the rest, in order
 */
public record Watched(TimeSpan range, long watchedMillis, List<NotWatched> notWatched) {

    /** What a stretch without an end ends with. */
    public static final long END = Long.MAX_VALUE;

    static final String UNKNOWN = "unknown";

    /** The year 9999, the last one that an index takes. */
    public static final long FAR_MILLIS = 253_402_300_799_000L;

    /**
     * Seconds that nobody looked at.
     *
     * @param state {@code gap}, {@code skipped}, {@code recorded}, or {@code unknown} when nothing is written about them
     * @param why a sentence for a person; empty where there is nothing to explain
     */
    public record NotWatched(TimeSpan span, String state, String why) {}

    public Watched {
        notWatched = List.copyOf(notWatched);
    }

    /**
     * @param zeroMillis where the stream's clock begins, milliseconds since 1970 UTC
     * @param range on the stream's clock; one that ends at {@link #END} ends where the ledger does
     */
    public static Watched of(CoverageLedger ledger, String stream, long zeroMillis, TimeSpan range) {
        long from = Math.min(FAR_MILLIS, zeroMillis + range.startMillis());
        long to = range.endMillis() >= FAR_MILLIS - zeroMillis ? FAR_MILLIS : zeroMillis + range.endMillis();
        List<CoverageSpan> spans = to > from ? ledger.of(stream, from, to).spans() : List.of();
        if (range.endMillis() >= FAR_MILLIS - zeroMillis) {
            to = spans.isEmpty() ? from : spans.get(spans.size() - 1).toMillis();
        }
        return of(new TimeSpan(range.startMillis(), Math.max(range.startMillis(), to - zeroMillis)), zeroMillis, spans);
    }

    /** The same without what lies before the first second that anybody wrote about: a recording begins in 1970. */
    public Watched sinceWatched() {
        boolean unknownFirst = !notWatched.isEmpty()
                && notWatched.get(0).state().equals(UNKNOWN)
                && notWatched.get(0).span().startMillis() == range.startMillis();
        if (!unknownFirst || !StreamClock.isWallClock(notWatched.get(0).span().endMillis())) {
            return this;
        }
        TimeSpan since = new TimeSpan(notWatched.get(0).span().endMillis(), range.endMillis());
        return new Watched(since, watchedMillis, notWatched.subList(1, notWatched.size()));
    }

    /** @param spans as in {@link Coverage#spans} */
    static Watched of(TimeSpan range, long zeroMillis, List<CoverageSpan> spans) {
        List<NotWatched> not = new ArrayList<>();
        long watched = 0;
        long at = range.startMillis();
        for (CoverageSpan span : spans) {
            long start = Math.max(range.startMillis(), span.fromMillis() - zeroMillis);
            long end = Math.min(range.endMillis(), span.toMillis() - zeroMillis);
            if (end <= start) {
                continue;
            }
            unknown(at, start, not);
            if (span.state() == State.ANALYSED) {
                watched += end - start;
            } else {
                not.add(new NotWatched(
                        new TimeSpan(start, end), span.state().name().toLowerCase(Locale.ROOT), span.why()));
            }
            at = end;
        }
        unknown(at, range.endMillis(), not);
        return new Watched(range, watched, not);
    }

    private static void unknown(long start, long end, List<NotWatched> not) {
        if (end > start) {
            not.add(new NotWatched(new TimeSpan(start, end), UNKNOWN, "nobody has written what became of it"));
        }
    }
}
