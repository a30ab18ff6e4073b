// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longwatch.indexer.client.ElasticsearchAddress;
import java.nio.file.Path;

/**
 * Streams to be recorded and watched until somebody stops it, ready for the two jobs' processes. Which ones, both read from
 * the folder's watchlist as it changes.
 *
 * @param model a checkpoint directory; empty for the embedded model
 * @param boxes whether to ask the model besides where in the picture it is, of all that is seen
 * @param prefix of all index names
 */
public record LivePlan(
        DataFolder folder, String model, boolean boxes, ElasticsearchAddress elasticsearch, String prefix) {

    /** The recording process's configuration, JSON on one line. */
    public String recordJson() {
        return common(folder.recordState()).toString();
    }

    /** The watching process's configuration, JSON on one line. */
    public String watchJson() {
        ObjectNode config = common(folder.watchState()).put("model", model).put("boxes", boxes);
        config.putObject("evidence").put("root", folder.root().toString());
        return config.toString();
    }

    private ObjectNode common(Path state) {
        ObjectNode config = new ObjectMapper()
                .createObjectNode()
                .put("watchlist", folder.watchlist().toString())
                .put("root", folder.recordings().toString())
                // Flink wants a scheme where it keeps its state
                .put("state", state.toUri().toString());
        config.set("elasticsearch", WatchPlan.index(elasticsearch, prefix));
        return config;
    }
}
