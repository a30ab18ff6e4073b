// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.alert.Channel;
import dev.longwatch.indexer.client.ElasticsearchAddress;
import dev.longwatch.jobs.evidence.EvidenceFolder;
import dev.longwatch.jobs.source.VideoRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one run of {@link WatchJob} watches, as JSON. Every key must be given and an unknown one is refused: it is written
 * by a program. Only channels, evidence, sampling by change, boxes, the part of a video and
 * what a rule says beyond its name and condition may be left out.
 *
 * @param run grows from one run over a video to the next: what a later run finds replaces what an earlier one found
 * @param videos at least one
 * @param rules what to ask of every clip; may be empty when {@code describe} is set
 * @param describe whether to ask for a dense caption of every clip besides
 * @param boxes whether to ask besides where in the picture it is, of all that is seen; not for the embedded model
 * @param model a checkpoint directory that every worker can read; empty for the embedded model
 * @param framesPerSecond how many pictures a second to look at
 * @param byChange whether pictures without a change near them are left out, see {@code ByChange}
 * @param clipMillis length of a clip
 * @param overlapMillis how much of a clip is seen again by the next one
 * @param elasticsearch where the events go
 * @param channels who is told of alerts; rules refer to them by name
 * @param evidence where it is kept what there is to see of alerts
 * @param parallelism how many splits are read side by side
 * @param flink further settings of Flink, such as {@code execution.target}
 */
public record WatchConfig(
        long run,
        List<Video> videos,
        List<AlertRule> rules,
        boolean describe,
        boolean boxes,
        String model,
        double framesPerSecond,
        boolean byChange,
        long clipMillis,
        long overlapMillis,
        Index elasticsearch,
        List<Channel> channels,
        EvidenceFolder evidence,
        int parallelism,
        Map<String, String> flink) {

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

    /**
     * One video.
     *
     * @param stream its name, unique in the index
     * @param uri a path that every worker can read
     * @param fromMillis from where on, on the video's clock
     * @param toMillis up to where; as {@link VideoRequest#END} for the whole rest
     */
    public record Video(String stream, String uri, long fromMillis, long toMillis) {}

    /**
     * An Elasticsearch and the names in it.
     *
     * @param url such as {@code http://127.0.0.1:9200}; empty for none: what is found is reported and not kept
     * @param user empty for none
     * @param password empty for none
     * @param apiKey instead of user and password; empty for none
     * @param prefix of all index names
     */
    public record Index(String url, String user, String password, String apiKey, String prefix) {

        /** Whether anything is kept. */
        boolean isThere() {
            return !url.isEmpty();
        }

        ElasticsearchAddress address() {
            ElasticsearchAddress address = ElasticsearchAddress.of(url);
            if (!apiKey.isEmpty()) {
                return address.withApiKey(apiKey);
            }
            return user.isEmpty() ? address : address.withUser(user, password);
        }

        /** Never shows the secrets. */
        @Override
        public String toString() {
            return isThere() ? url + ", indices " + prefix + "-*" : "no index";
        }
    }

    public WatchConfig {
        videos = List.copyOf(videos);
        rules = List.copyOf(rules);
        channels = List.copyOf(channels);
        flink = Map.copyOf(flink);
        if (videos.isEmpty()) {
            throw new ConfigException("nothing to watch: expected at least one video");
        }
        if (rules.isEmpty() && !describe) {
            throw new ConfigException("nothing to ask: expected at least one rule, or describe");
        }
        if (rules.stream().map(AlertRule::name).distinct().count() < rules.size()) {
            throw new ConfigException("two rules have the same name among "
                    + rules.stream().map(AlertRule::name).toList());
        }
        Set<String> told = channels.stream().map(Channel::name).collect(Collectors.toSet());
        for (AlertRule rule : rules) {
            if (!told.containsAll(rule.alerting().channels())) {
                throw new ConfigException("rule '" + rule.name() + "' is for channels "
                        + rule.alerting().channels() + ", expected some of " + told);
            }
        }
        if (!elasticsearch.isThere()
                && rules.stream().anyMatch(rule -> rule.alerting().raised())) {
            throw new ConfigException("alerts are kept, and no Elasticsearch is given to keep them");
        }
        if (parallelism < 1) {
            throw new ConfigException("parallelism of at least 1, found " + parallelism);
        }
    }

    /** @throws ConfigException when {@code json} is not a configuration, saying where and why */
    public static WatchConfig parse(String json) {
        try {
            JsonNode given = JSON.readTree(json);
            if (given instanceof ObjectNode config) {
                complete(config);
            }
            return JSON.readValue(given.toString(), WatchConfig.class);
        } catch (JsonProcessingException e) {
            if (e.getCause() instanceof ConfigException refusal) {
                throw refusal;
            }
            throw new ConfigException("not a watch configuration: " + e.getOriginalMessage(), e);
        }
    }

    /** No evidence is kept unless it is said where. */
    static void completeEvidence(ObjectNode config) {
        if (!config.has("evidence")) {
            config.putObject("evidence").put("root", "");
        }
        if (config.get("evidence") instanceof ObjectNode evidence) {
            evidence.putIfAbsent("url", evidence.textNode(""));
        }
    }

    /** Says what was left out and may be. */
    private static void complete(ObjectNode config) {
        if (!config.has("channels")) {
            config.putArray("channels");
        }
        completeEvidence(config);
        config.putIfAbsent("byChange", config.booleanNode(false));
        config.putIfAbsent("boxes", config.booleanNode(false));
        for (JsonNode video : config.path("videos")) {
            if (video instanceof ObjectNode given) {
                given.putIfAbsent("fromMillis", given.numberNode(0));
                given.putIfAbsent("toMillis", given.numberNode(VideoRequest.END));
            }
        }
        for (JsonNode rule : config.path("rules")) {
            if (rule instanceof ObjectNode given) {
                ObjectNode usual = JSON.valueToTree(AlertRule.of("anything"));
                usual.remove(List.of("name", "when"));
                usual.fieldNames().forEachRemaining(key -> given.putIfAbsent(key, usual.get(key)));
            }
        }
    }
}
