// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import dev.longwatch.dashboards.local.ExitCode;
import dev.longwatch.dashboards.local.Problem;
import dev.longwatch.dashboards.local.WatchPlan;
import dev.longwatch.indexer.event.TimeSpan;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** From when to when: on a video's clock, or on the wall clock. */
final class PeriodOptions {

    @Option(
            names = "--from",
            paramLabel = "T",
            description = "Not before this time: seconds or HH:MM:SS of a video; of the wall clock"
                    + " 2026-11-01T08:00, 2026-11-01 or -2h; of a stream also HH:MM.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "T", description = "Not after this time.")
    private @Nullable String to;

    /** Whether nothing was said. */
    boolean isOpen() {
        return from == null && to == null;
    }

    /** Whether what was said is of a video's clock. */
    boolean isOnVideo() {
        return Times.isOnVideo(from) && Times.isOnVideo(to);
    }

    /**
     * On a video's clock.
     *
     * @throws Problem when what was said is no stretch of it
     */
    TimeSpan onVideo() {
        if (!isOnVideo()) {
            throw new Problem(
                    ExitCode.USAGE,
                    "--from and --to: expected seconds or HH:MM:SS, found " + Objects.toString(from, "nothing")
                            + " and " + Objects.toString(to, "nothing"));
        }
        try {
            return isOpen() ? WatchPlan.WHOLE : Times.onVideo(from, to);
        } catch (IllegalArgumentException e) {
            throw new Problem(ExitCode.USAGE, e);
        }
    }

    /**
     * The beginning on the wall clock; null when none was said. A time of day is the last one before the end.
     *
     * @throws Problem when what was said is no time of it
     */
    @Nullable
    Instant begin(Instant now) {
        Instant end = end(now);
        return instant(from, end == null || !Times.isOfDay(from) ? now : end);
    }

    /** The end likewise. */
    @Nullable
    Instant end(Instant now) {
        return instant(to, now);
    }

    private static @Nullable Instant instant(@Nullable String time, Instant now) {
        try {
            return time == null ? null : Times.before(time, now);
        } catch (IllegalArgumentException e) {
            throw new Problem(ExitCode.USAGE, e);
        }
    }
}
