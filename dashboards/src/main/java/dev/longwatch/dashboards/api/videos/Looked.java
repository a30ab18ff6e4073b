// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.videos;

import dev.longwatch.dashboards.api.http.ClockTime;
import dev.longwatch.dashboards.api.http.TimeInput;
import dev.longwatch.indexer.coverage.Coverage;
import dev.longwatch.indexer.coverage.CoverageSpan.State;
import dev.longwatch.indexer.search.CoverageLedger;
import dev.longwatch.indexer.search.CoverageLedger.Stretch;
import dev.longwatch.indexer.search.VideoCatalog.Video;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * By which clock a video goes, and how much of it was looked at.
 *
 * @param live whether it is a recording, whose clock is the wall's
 * @param zeroMillis wall clock of a file's beginning, milliseconds since 1970 UTC; 0 for a recording
 * @param fromMillis where what is usually shown begins: of a file the beginning, of a recording a day before the end
 * @param toMillis where it ends, after the beginning
 * @param share of that which was looked at, 0 to 1, without what was deleted; null when nobody wrote about it
 */
public record Looked(boolean live, long zeroMillis, long fromMillis, long toMillis, @Nullable Double share) {

    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final String RECORDING = "recording:";

    public static Looked at(Video video, CoverageLedger ledger) {
        long end = Math.max(video.toMillis(), video.fromMillis() + 1);
        String uri = video.uri();
        boolean file = uri != null && !uri.startsWith(RECORDING);
        long begin = file ? video.fromMillis() : Math.max(video.fromMillis(), end - DAY);
        // a file that was changed and watched again has entries of two clocks: the later one counts
        OptionalLong clock = ledger.clock(video.name(), begin, end);
        long zero = clock.orElse(file ? begin : 0);
        boolean live = !file && zero == 0;
        Coverage coverage = ledger.of(video.name(), zero, begin, end);
        long meant = coverage.toMillis() - Math.max(begin, zero) - coverage.millis(State.DELETED);
        Double share = clock.isEmpty() || meant <= 0 ? null : (double) coverage.millis(State.ANALYSED) / meant;
        return new Looked(live, zero, Math.max(begin, zero), end, share);
    }

    /** What somebody means by a time, on the wall clock: its seconds are on the video's own. */
    public long millis(TimeInput time) {
        return time.dated() ? time.millis() : zeroMillis + time.millis();
    }

    /** An instant of the wall clock, in both ways. */
    public ClockTime time(long wallMillis) {
        return ClockTime.onVideo(zeroMillis, wallMillis - zeroMillis);
    }

    /** What became of a stretch of the video, from and to on the wall clock. */
    public Coverage coverage(CoverageLedger ledger, String video, long begin, long end) {
        return ledger.of(video, zeroMillis, begin, end);
    }

    /** A stretch of the video, from and to on the wall clock; see {@link CoverageLedger#read}. */
    public Stretch read(CoverageLedger ledger, String video, long begin, long end, long stepMillis) {
        return ledger.read(video, zeroMillis, begin, end, stepMillis);
    }
}
