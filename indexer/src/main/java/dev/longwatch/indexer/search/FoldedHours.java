// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import dev.longwatch.indexer.coverage.Coverage;
import dev.longwatch.indexer.coverage.CoverageSpan;
import dev.longwatch.indexer.coverage.Peaks;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Hours of ledgers as they were read before. A live stream writes some thousand entries an hour, of which a few spans remain;
 * an hour is read again only when the server counts other entries in it than were read.
 */
final class FoldedHours {

    static final long HOUR = 3_600_000;
    /** Finer than a pixel of every stretch that is read by hours. */
    private static final long STEP = 15_000;
    /** Some months of streams, of about 20 KB each. */
    private static final int MOST = 3_000;

    private final Map<Hour, Folded> hours = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Hour, Folded> eldest) {
            return size() > MOST;
        }
    };

    /** @param clock see {@link CoverageLedger#read} */
    private record Hour(String stream, long clock, long fromMillis) {}

    /**
     * What tells whether entries have come or gone: of those that begin in an hour.
     *
     * @param until where the last of them ends
     */
    record Counted(long entries, double durations, double framesPerSecond, double until) {

        static final Counted NOTHING = new Counted(0, 0, 0, 0);
    }

    /** An hour's spans, and its probabilities; {@code before} counts the hour before, which reaches into it. */
    record Folded(Counted before, Counted counted, Coverage coverage, Peaks peaks) {}

    /** What is known of an hour, unless other entries were counted since. */
    synchronized @Nullable Folded known(String stream, long clock, long from, Counted before, Counted counted) {
        Folded folded = hours.get(new Hour(stream, clock, from));
        return folded != null && folded.before.equals(before) && folded.counted.equals(counted) ? folded : null;
    }

    /** @param entries all that reach into the hour and are no longer than one */
    Folded fold(String stream, long clock, long from, Counted before, Counted counted, List<CoverageSpan> entries) {
        Folded folded = new Folded(
                before, counted, Coverage.of(from, from + HOUR, entries), Peaks.of(from, from + HOUR, STEP, entries));
        synchronized (this) {
            hours.put(new Hour(stream, clock, from), folded);
        }
        return folded;
    }
}
