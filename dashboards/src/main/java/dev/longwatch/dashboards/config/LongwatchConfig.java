// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.config;

import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.alert.Channel;
import dev.longwatch.indexer.client.ElasticsearchAddress;
import dev.longwatch.indexer.watchlist.WatchedStream;
import dev.longwatch.indexer.watchlist.Watchlist;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is watched, what for and who is told, whole and valid. Holds secrets, which {@link #toString} does not show.
 *
 * @param streams what is watched
 * @param rules what for; each names the streams it holds for, or none when it holds for all
 * @param writtenRules the same as they were written, before streams chose among them; also those that hold nowhere
 * @param channels who is told
 * @param model a checkpoint directory; empty for the embedded model
 * @param boxes whether to ask it besides where in the picture it is, of all that is seen
 * @param elasticsearch where everything is kept; null for one that Longwatch starts itself
 * @param prefix of all index names
 * @param token what the API wants to see; empty for one that Longwatch makes itself
 * @param api where the API answers
 * @param streamPlaces where each stream is defined: file and line, or {@link #INDEX}
 * @param rulePlaces the same of each rule, also of those that hold nowhere
 */
public record LongwatchConfig(
        List<WatchedStream> streams,
        List<AlertRule> rules,
        List<AlertRule> writtenRules,
        List<Channel> channels,
        String model,
        boolean boxes,
        @Nullable ElasticsearchAddress elasticsearch,
        String prefix,
        String token,
        ApiAddress api,
        Map<String, String> streamPlaces,
        Map<String, String> rulePlaces) {

    /** The place of what is kept in the index. */
    public static final String INDEX = "index";

    public LongwatchConfig {
        streams = List.copyOf(streams);
        rules = List.copyOf(rules);
        writtenRules = List.copyOf(writtenRules);
        channels = List.copyOf(channels);
        streamPlaces = Map.copyOf(streamPlaces);
        rulePlaces = Map.copyOf(rulePlaces);
    }

    /** What the jobs are to follow. */
    public Watchlist watchlist(long version) {
        return new Watchlist(version, streams, rules, channels);
    }

    /** Whether what only a start takes in is the same: model, boxes, Elasticsearch, token, API. */
    public boolean startsLike(LongwatchConfig other) {
        return model.equals(other.model)
                && boxes == other.boxes
                && Objects.equals(elasticsearch, other.elasticsearch)
                && prefix.equals(other.prefix)
                && token.equals(other.token)
                && api.equals(other.api);
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return "streams " + streams + ", rules "
                + rules.stream().map(AlertRule::name).toList() + ", channels " + channels;
    }
}
