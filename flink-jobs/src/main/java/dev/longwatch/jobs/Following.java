// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longwatch.jobs.follow.WatchlistFile;
import java.io.IOException;

/**
 * What the configurations of the jobs that follow a watchlist have in common.
 *
 * <ul>
 *   <li>{@code watchlist}: a path, or a URI of one of Flink's file systems, that this process and the workers can read. It is
 *       looked at once a second, and what has a higher version counts.
 *   <li>{@code root}: of all recordings, as {@code watchlist}.
 *   <li>{@code state}: folder in which the job finds what it knew when it is started again, its own and nobody else's; empty
 *       for none.
 * </ul>
 */
final class Following {

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

    private Following() {}

    static boolean isFollowing(String json) {
        try {
            return JSON.readTree(json).has("watchlist");
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    static ObjectNode parse(String json) {
        try {
            if (JSON.readTree(json) instanceof ObjectNode config) {
                return config;
            }
            throw new ConfigException("not a configuration: expected a JSON object");
        } catch (JsonProcessingException e) {
            throw new ConfigException("not a configuration: " + e.getOriginalMessage(), e);
        }
    }

    /** Says what was left out and may be. */
    static void complete(ObjectNode config) {
        config.putIfAbsent("state", config.textNode(""));
        config.putIfAbsent("parallelism", config.numberNode(1));
        config.putIfAbsent("flink", config.objectNode());
        config.putIfAbsent("elasticsearch", config.objectNode());
        if (config.get("elasticsearch") instanceof ObjectNode index) {
            for (String key : new String[] {"url", "user", "password", "apiKey"}) {
                index.putIfAbsent(key, index.textNode(""));
            }
            index.putIfAbsent("prefix", index.textNode("longwatch"));
        }
    }

    static <T> T read(JsonNode config, Class<T> type) {
        try {
            return JSON.treeToValue(config, type);
        } catch (JsonProcessingException e) {
            if (e.getCause() instanceof ConfigException refusal) {
                throw refusal;
            }
            throw new ConfigException("not a configuration: " + e.getOriginalMessage(), e);
        }
    }

    static void check(String watchlist, String root, int parallelism) {
        if (watchlist.isBlank() || root.isBlank()) {
            throw new ConfigException("expected the place of a watchlist and a root of recordings, found '" + watchlist
                    + "' and '" + root + "'");
        }
        if (parallelism < 1) {
            throw new ConfigException("parallelism of at least 1, found " + parallelism);
        }
    }

    static WatchlistFile readable(String watchlist) {
        WatchlistFile file = new WatchlistFile(watchlist);
        try {
            file.read();
            return file;
        } catch (IOException e) {
            throw new ConfigException(String.valueOf(e.getMessage()), e);
        }
    }
}
