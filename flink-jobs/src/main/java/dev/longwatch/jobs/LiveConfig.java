// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longwatch.jobs.evidence.EvidenceFolder;
import dev.longwatch.jobs.follow.WatchlistFile;
import java.util.Map;

/**
 * How {@link WatchJob} watches streams that go on, as JSON. An unknown key is refused: it is written by a program.
 *
 * <pre>{@code
 * {"watchlist": "/data/watchlist.json", "root": "/data/recordings", "state": "/data/state/watch",
 *  "model": "", "describe": false, "boxes": false, "maxLagMillis": 60000, "evidence": {"root": "/data"},
 *  "elasticsearch": {"url": "", …}, "parallelism": 1, "flink": {}}
 * }</pre>
 *
 * Only {@code watchlist} and {@code root} must be given. What is reported, one JSON object a line:
 *
 * <ul>
 *   <li>{@code running}: {@link JobRun.Running}, first.
 *   <li>{@code event}: {@link dev.longwatch.indexer.event.VideoEvent}, at once; after a failure again, under the same id.
 *   <li>{@code alert}: {@link dev.longwatch.indexer.alert.Alert}, with the checkpoint that holds it; under its event's id.
 *   <li>{@code clip}: {@link dev.longwatch.jobs.ground.Watched}; {@code givenUp} when the analysis cannot keep up, {@code
 *       refused} when the model cannot be asked a rule.
 *   <li>{@code failed}: {@link Failed}, last.
 * </ul>
 *
 * @param watchlist see {@link Following}
 * @param root see {@link Following}
 * @param state see {@link Following}
 * @param model a checkpoint directory that every worker can read; empty for the embedded model
 * @param describe whether to ask for a dense caption of every clip besides
 * @param boxes whether to ask besides where in the picture it is, of all that is seen; not for the embedded model
 * @param maxLagMillis how far the analysis may be behind the recording; when it is further and does not catch up, the oldest
 *     clips are given up
 * @param evidence where it is kept what there is to see of alerts
 * @param elasticsearch where events and alerts go; with an empty {@code url} they are reported and told, and not kept
 * @param parallelism in how many places streams are watched side by side
 * @param flink further settings of Flink
 */
public record LiveConfig(
        String watchlist,
        String root,
        String state,
        String model,
        boolean describe,
        boolean boxes,
        long maxLagMillis,
        EvidenceFolder evidence,
        WatchConfig.Index elasticsearch,
        int parallelism,
        Map<String, String> flink) {

    private static final long MAX_LAG_MILLIS = 60_000;
    private static final long LEAST_LAG_MILLIS = 5_000;

    public LiveConfig {
        flink = Map.copyOf(flink);
        Following.check(watchlist, root, parallelism);
        if (maxLagMillis < LEAST_LAG_MILLIS) {
            throw new ConfigException("expected an analysis that may lag for " + LEAST_LAG_MILLIS
                    + " ms at least, found maxLagMillis " + maxLagMillis);
        }
    }

    /** Whether {@code json} looks like one; else it is of a job that ends. */
    static boolean isOne(String json) {
        return Following.isFollowing(json);
    }

    /** @throws ConfigException when {@code json} is not a configuration, saying where and why */
    public static LiveConfig parse(String json) {
        ObjectNode config = Following.parse(json);
        Following.complete(config);
        config.putIfAbsent("model", config.textNode(""));
        config.putIfAbsent("describe", config.booleanNode(false));
        config.putIfAbsent("boxes", config.booleanNode(false));
        config.putIfAbsent("maxLagMillis", config.numberNode(MAX_LAG_MILLIS));
        WatchConfig.completeEvidence(config);
        return Following.read(config, LiveConfig.class);
    }

    /** @throws ConfigException when the watchlist cannot be read now */
    WatchlistFile readable() {
        return Following.readable(watchlist);
    }
}
