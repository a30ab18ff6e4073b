// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.watchlist;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.alert.Channel;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Everything that is watched at a time. Holds secrets, which {@link #toString} does not show.
 *
 * @param version grows with every change
 * @param streams each name once
 * @param rules each name once; those of a stream are {@link #rulesFor}
 * @param channels each name once; rules tell no others
 */
public record Watchlist(long version, List<WatchedStream> streams, List<AlertRule> rules, List<Channel> channels)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final ObjectMapper JSON = new ObjectMapper();

    public Watchlist {
        streams = List.copyOf(streams);
        rules = List.copyOf(rules);
        channels = List.copyOf(channels);
        once("stream", streams, WatchedStream::name);
        once("rule", rules, AlertRule::name);
        once("channel", channels, Channel::name);
        List<String> told = channels.stream().map(Channel::name).toList();
        for (AlertRule rule : rules) {
            if (!told.containsAll(rule.alerting().channels())) {
                throw new IllegalArgumentException("rule '" + rule.name() + "' tells "
                        + rule.alerting().channels() + ", expected some of " + told);
            }
        }
    }

    private static <T> void once(String what, List<T> all, Function<T, String> name) {
        Map<String, Long> counts = all.stream().collect(Collectors.groupingBy(name, Collectors.counting()));
        counts.forEach((each, count) -> {
            if (count > 1) {
                throw new IllegalArgumentException(
                        "two of them are called '" + each + "': every " + what + " needs a name of its own");
            }
        });
    }

    /**
     * What is asked of a stream's clips and composed of its events: its own rules, and the others that hold for it. Each has
     * the stream's labels besides its own, so that an event gets both from the rule that rode on its clip; a sequence across
     * streams does not, for it rides on clips of all of them.
     */
    public List<AlertRule> rulesFor(WatchedStream stream) {
        Map<String, AlertRule> own =
                stream.overrides().stream().collect(Collectors.toMap(AlertRule::name, Function.identity()));
        return rules.stream()
                .filter(rule -> rule.holdsFor(stream.name()))
                .map(rule -> own.getOrDefault(rule.name(), rule))
                .map(rule -> rule.crossesStreams() ? rule : rule.alsoLabelled(stream.labels()))
                .toList();
    }

    /** With everything it holds, secrets too: for files that only their owner may read. */
    public String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a watchlist cannot be written", e);
        }
    }

    /** @throws IllegalArgumentException when {@code json} is no watchlist; says no more of it than where */
    public static Watchlist parse(String json) {
        try {
            return JSON.readValue(json, Watchlist.class);
        } catch (JsonProcessingException e) {
            if (e.getCause() instanceof IllegalArgumentException refusal) {
                throw refusal;
            }
            // the original message may quote a secret
            throw new IllegalArgumentException(
                    "no watchlist: cannot be read at " + e.getLocation().offsetDescription(), null);
        }
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return "version " + version + ": streams " + streams + ", rules "
                + rules.stream().map(AlertRule::name).toList() + ", channels " + channels;
    }
}
