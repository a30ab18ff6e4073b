// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.streams;

import dev.longwatch.dashboards.api.http.ClockTime;
import dev.longwatch.dashboards.config.LongwatchConfig;
import dev.longwatch.dashboards.govern.ShownAddress;
import dev.longwatch.dashboards.govern.StreamCondition;
import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.watchlist.Sampling;
import dev.longwatch.indexer.watchlist.WatchedStream;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stream as it is answered, without what opens its address.
 *
 * @param from {@code file} or {@code index}
 * @param state {@code unknown} while nobody has said
 * @param retentionSeconds null for ever
 * @param rules names of those that hold for it
 */
record StreamAnswer(
        String name,
        String address,
        String from,
        String state,
        String sentence,
        @Nullable ClockTime since,
        @Nullable ClockTime recordedUntil,
        @Nullable BigDecimal lagSeconds,
        @Nullable BigDecimal retentionSeconds,
        SamplingAnswer sampling,
        List<String> rules,
        List<String> labels) {

    record SamplingAnswer(double framesPerSecond, boolean byChange, BigDecimal clipSeconds, BigDecimal overlapSeconds) {

        static SamplingAnswer of(Sampling sampling) {
            return new SamplingAnswer(
                    sampling.framesPerSecond(),
                    sampling.byChange(),
                    ClockTime.seconds(sampling.clipMillis()),
                    ClockTime.seconds(sampling.overlapMillis()));
        }
    }

    static StreamAnswer of(WatchedStream stream, LongwatchConfig config, StreamCondition condition) {
        return new StreamAnswer(
                stream.name(),
                ShownAddress.of(stream.url()),
                LongwatchConfig.INDEX.equals(config.streamPlaces().get(stream.name())) ? "index" : "file",
                condition.state(),
                condition.sentence(),
                time(condition.sinceMillis()),
                time(condition.recordedUntilMillis()),
                condition.knowsLag() ? ClockTime.seconds(condition.lagMillis()) : null,
                stream.retentionMillis() == WatchedStream.FOREVER ? null : ClockTime.seconds(stream.retentionMillis()),
                SamplingAnswer.of(stream.sampling()),
                config.watchlist(0).rulesFor(stream).stream()
                        .map(AlertRule::name)
                        .toList(),
                stream.labels());
    }

    private static @Nullable ClockTime time(long millis) {
        return millis == 0 ? null : ClockTime.wall(millis);
    }
}
