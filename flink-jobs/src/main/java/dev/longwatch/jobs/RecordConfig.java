// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longwatch.jobs.follow.WatchlistFile;
import java.time.Duration;
import java.util.Map;

/**
 * How {@link RecordJob} records, as JSON. An unknown key is refused: it is written by a program.
 *
 * <pre>{@code
 * {"watchlist": "/data/watchlist.json", "root": "/data/recordings", "state": "/data/state/record",
 *  "segmentMillis": 2000, "elasticsearch": {"url": "", …}, "parallelism": 1, "flink": {}}
 * }</pre>
 *
 * Only {@code watchlist} and {@code root} must be given. What is reported, one JSON object a line:
 *
 * <ul>
 *   <li>{@code running}: {@link JobRun.Running}, first.
 *   <li>{@code state}: {@link dev.longwatch.jobs.record.StreamState}, whenever one changes.
 *   <li>{@code segment}: {@link dev.longwatch.jobs.record.Segment}, and {@code gap}: {@link dev.longwatch.jobs.record.Gap};
 *       after a failure again.
 *   <li>{@code failed}: {@link Failed}, last.
 * </ul>
 *
 * @param watchlist see {@link Following}
 * @param root see {@link Following}
 * @param state see {@link Following}
 * @param segmentMillis how long a segment is at least; it ends with the next key picture. Whoever watches sees nothing of a
 *     segment before it is whole
 * @param elasticsearch where the ledger is kept; with an empty {@code url} nowhere
 * @param parallelism in how many places streams are recorded side by side
 * @param flink further settings of Flink
 */
public record RecordConfig(
        String watchlist,
        String root,
        String state,
        long segmentMillis,
        WatchConfig.Index elasticsearch,
        int parallelism,
        Map<String, String> flink) {

    private static final long SEGMENT_MILLIS = 2_000;

    public RecordConfig {
        flink = Map.copyOf(flink);
        Following.check(watchlist, root, parallelism);
        if (segmentMillis < 500 || segmentMillis > 300_000) {
            throw new ConfigException("expected segments of 500 to 300000 ms, found " + segmentMillis);
        }
    }

    /** @throws ConfigException when {@code json} is not a configuration, saying where and why */
    public static RecordConfig parse(String json) {
        ObjectNode config = Following.parse(json);
        Following.complete(config);
        config.putIfAbsent("segmentMillis", config.numberNode(SEGMENT_MILLIS));
        return Following.read(config, RecordConfig.class);
    }

    Duration segment() {
        return Duration.ofMillis(segmentMillis);
    }

    /** @throws ConfigException when the watchlist cannot be read now */
    WatchlistFile readable() {
        return Following.readable(watchlist);
    }
}
