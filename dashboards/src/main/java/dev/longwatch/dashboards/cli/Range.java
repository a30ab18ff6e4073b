// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import dev.longwatch.dashboards.local.ExitCode;
import dev.longwatch.dashboards.local.Problem;
import dev.longwatch.dashboards.summary.Watched;
import dev.longwatch.indexer.event.TimeSpan;
import org.jspecify.annotations.Nullable;

/**
 * From when to when, as people say it.
 *
 * @param span ends at {@link Watched#END} when no end is said
 * @param wallClock whether it is milliseconds since 1970 UTC, and not on a video's clock
 */
record Range(TimeSpan span, boolean wallClock) {

    /** @throws Problem when they are no times, or the end lies before the beginning */
    static Range of(@Nullable String from, @Nullable String to) {
        try {
            if (Times.isOnVideo(from) && Times.isOnVideo(to)) {
                long start = Times.onVideo(from, null).startMillis();
                return new Range(
                        new TimeSpan(
                                start,
                                to == null
                                        ? Watched.END
                                        : Times.onVideo(from, to).endMillis()),
                        false);
            }
            long start = from == null ? 0 : Times.onWallClock(from).toEpochMilli();
            long end = to == null ? Watched.END : Times.onWallClock(to).toEpochMilli();
            if (end < start) {
                throw new IllegalArgumentException("--to " + to + " is before --from " + from);
            }
            return new Range(new TimeSpan(start, end), true);
        } catch (IllegalArgumentException e) {
            throw new Problem(ExitCode.USAGE, e);
        }
    }
}
