// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.config;

import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.alert.Channel;
import dev.longwatch.indexer.client.ElasticsearchAddress;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.watchlist.Sampling;
import dev.longwatch.indexer.watchlist.WatchedStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** From the file's values to the configuration. */
final class ConfigReader {

    private static final String EMBEDDED = "embedded";
    private static final int SHORTEST_TOKEN = 16;
    private static final int MOST_PORT = 65_535;
    private static final double LEAST_RATE = 0.1;
    private static final double MOST_RATE = 30;

    private final Path folder;

    /** @param folder what relative paths start from */
    ConfigReader(Path folder) {
        this.folder = folder;
    }

    /**
     * @param keptStreams streams besides those of the file, by name
     * @param keptRules rules besides those of the file, by name
     */
    LongwatchConfig read(Yaml file, Map<String, Yaml> keptStreams, Map<String, Yaml> keptRules) {
        Yaml.Keys keys = file.keys(
                "streams",
                "rules",
                "model",
                "boxes",
                "sampling",
                "elasticsearch",
                "retention",
                "notify",
                "auth",
                "api");
        Map<String, Yaml> streamValues = both(keys.get("streams").entries(), keptStreams);
        Map<String, Yaml> ruleValues = both(keys.get("rules").entries(), keptRules);
        List<Channel> channels = new ChannelSection().read(keys.get("notify"));
        RuleSection section = new RuleSection(
                streamValues.keySet(), channels.stream().map(Channel::name).toList(), ruleValues);
        List<AlertRule> rules = section.read();
        Sampling sampling = sampling(keys.get("sampling"), Sampling.LIVE);
        long retention = retention(keys.get("retention"), WatchedStream.FOREVER);
        List<WatchedStream> streams = new ArrayList<>();
        Map<String, Set<String>> choices = new LinkedHashMap<>();
        streamValues.forEach((name, value) -> {
            Yaml.Keys stream = value.isText()
                    ? Yaml.Keys.of("url", value)
                    : value.keys("url", "sampling", "retention", "rules", "labels");
            ChosenRules chosen = section.chosen(stream.get("rules"));
            streams.add(new WatchedStream(
                    name,
                    url(stream.required("url")),
                    sampling(stream.get("sampling"), sampling),
                    retention(stream.get("retention"), retention),
                    chosen.overrides(),
                    stream.get("labels").labels()));
            if (stream.has("rules")) {
                choices.put(name, chosen.names());
            }
        });
        Yaml.Keys index = keys.get("elasticsearch").keys("url", "user", "password", "api_key", "prefix");
        return new LongwatchConfig(
                streams,
                narrowed(rules, List.copyOf(streamValues.keySet()), choices),
                rules,
                channels,
                model(keys),
                boxes(keys),
                elasticsearch(keys.get("elasticsearch"), index),
                prefix(index),
                token(keys.get("auth")),
                api(keys.get("api")),
                places(streamValues),
                places(ruleValues));
    }

    private static ApiAddress api(Yaml value) {
        Yaml.Keys keys = value.keys("port", "bind");
        double port = keys.has("port") ? keys.get("port").number(0, MOST_PORT) : ApiAddress.PORT;
        if (port != Math.rint(port)) {
            throw keys.get("port")
                    .refusal(
                            "expected a whole number, found " + keys.get("port").found());
        }
        String bind = keys.text("bind", ApiAddress.LOOPBACK);
        if (bind.isBlank()) {
            throw keys.get("bind").refusal("expected an address of this machine, found nothing");
        }
        return new ApiAddress(bind, (int) port);
    }

    private static Map<String, Yaml> both(Map<String, Yaml> inFile, Map<String, Yaml> kept) {
        Map<String, Yaml> both = new LinkedHashMap<>(inFile);
        kept.forEach(both::putIfAbsent);
        return both;
    }

    private static Map<String, String> places(Map<String, Yaml> values) {
        Map<String, String> places = new LinkedHashMap<>();
        values.forEach((name, value) -> places.put(name, value.isKept() ? LongwatchConfig.INDEX : value.place()));
        return places;
    }

    /** Rules with the streams that chose among rules taken into account. */
    private static List<AlertRule> narrowed(
            List<AlertRule> rules, List<String> streams, Map<String, Set<String>> choices) {
        if (choices.isEmpty()) {
            return rules;
        }
        List<AlertRule> narrowed = new ArrayList<>();
        for (AlertRule rule : rules) {
            List<String> where = streams.stream()
                    .filter(rule::holdsFor)
                    .filter(stream ->
                            choices.getOrDefault(stream, Set.of(rule.name())).contains(rule.name()))
                    .toList();
            if (!where.isEmpty()) {
                narrowed.add(where.size() == streams.size() ? rule : rule.onStreams(where));
            }
        }
        return narrowed;
    }

    private static Sampling sampling(Yaml value, Sampling otherwise) {
        Yaml.Keys keys = value.keys("frames_per_second", "by_change", "clip", "overlap");
        double rate = keys.has("frames_per_second")
                ? keys.get("frames_per_second").number(LEAST_RATE, MOST_RATE)
                : otherwise.framesPerSecond();
        long clip = keys.millis("clip", otherwise.clipMillis());
        long overlap = keys.millis("overlap", otherwise.overlapMillis());
        if (overlap >= clip) {
            throw keys.get(keys.has("overlap") ? "overlap" : "clip")
                    .refusal("expected an overlap shorter than the clip, found " + overlap + " ms of " + clip + " ms");
        }
        try {
            return new Sampling(rate, keys.yes("by_change", otherwise.byChange()), clip, overlap);
        } catch (IllegalArgumentException e) {
            throw value.refusal(String.valueOf(e.getMessage()));
        }
    }

    private static long retention(Yaml value, long otherwise) {
        if (value.isNothing()) {
            return otherwise;
        }
        if (value.text().equals("forever")) {
            return WatchedStream.FOREVER;
        }
        Duration retention = Durations.parse(value.text())
                .orElseThrow(
                        () -> value.refusal("expected forever or " + Durations.EXPECTED + ", found " + value.found()));
        if (retention.toMillis() == 0) {
            throw value.refusal("expected forever or a time longer than zero, found " + value.found());
        }
        return retention.toMillis();
    }

    private String url(Yaml value) {
        String url = value.text();
        if (url.isBlank()) {
            throw value.refusal("expected an address or a path, found nothing");
        }
        return url.contains("://") ? url : folder.resolve(url).normalize().toString();
    }

    private String model(Yaml.Keys keys) {
        Yaml value = keys.get("model");
        if (value.isNothing() || value.text().equals(EMBEDDED)) {
            return "";
        }
        Path directory = folder.resolve(value.text()).normalize();
        if (!Files.isDirectory(directory)) {
            throw value.refusal("expected " + EMBEDDED + " or the directory of a checkpoint, found " + value.found());
        }
        return directory.toString();
    }

    private boolean boxes(Yaml.Keys keys) {
        boolean wanted = keys.yes("boxes", false);
        if (wanted && model(keys).isEmpty()) {
            throw keys.get("boxes")
                    .refusal("the embedded model gives no boxes: expected them of a checkpoint as 'model'");
        }
        return wanted;
    }

    private static @Nullable ElasticsearchAddress elasticsearch(Yaml value, Yaml.Keys keys) {
        if (!keys.has("url")) {
            for (String key : List.of("user", "password", "api_key")) {
                if (keys.has(key)) {
                    throw value.refusal("'" + key + "' without 'url': expected the address it is for");
                }
            }
            return null;
        }
        try {
            ElasticsearchAddress address =
                    ElasticsearchAddress.of(keys.required("url").text());
            if (keys.has("api_key")) {
                return address.withApiKey(keys.required("api_key").text());
            }
            return keys.has("user")
                    ? address.withUser(
                            keys.required("user").text(),
                            keys.required("password").text())
                    : address;
        } catch (IllegalArgumentException e) {
            throw keys.get("url")
                    .refusal("expected an address such as http://host:9200, found one that cannot be used");
        }
    }

    private static String prefix(Yaml.Keys keys) {
        String prefix = keys.text("prefix", IndexNames.STANDARD.prefix());
        try {
            return new IndexNames(prefix).prefix();
        } catch (IllegalArgumentException e) {
            throw keys.get("prefix")
                    .refusal("expected lower-case letters, digits and hyphens, found "
                            + keys.get("prefix").found());
        }
    }

    private static String token(Yaml value) {
        Yaml.Keys keys = value.keys("token");
        String token = keys.text("token", "");
        if (keys.has("token") && token.length() < SHORTEST_TOKEN) {
            // how long it is tells enough
            throw keys.get("token")
                    .refusal("expected a token of " + SHORTEST_TOKEN + " characters or more, found " + token.length());
        }
        return token;
    }
}
