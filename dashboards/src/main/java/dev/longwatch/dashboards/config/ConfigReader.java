// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.config;

import dev.longwatch.dashboards.config.LongwatchConfig.Sampling;
import dev.longwatch.dashboards.config.LongwatchConfig.Stream;
import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.alert.Channel;
import dev.longwatch.indexer.client.ElasticsearchAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** From the file's values to the configuration. */
final class ConfigReader {

    private static final Sampling SAMPLING = new Sampling(2, Duration.ofSeconds(16), Duration.ofSeconds(2));
    private static final String EMBEDDED = "embedded";
    private static final String PREFIX = "longwatch";
    private static final int SHORTEST_TOKEN = 16;
    private static final double LEAST_RATE = 0.1;
    private static final double MOST_RATE = 30;
    private static final Pattern INDEX_PREFIX = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

    private final Path folder;

    /** @param folder what relative paths start from */
    ConfigReader(Path folder) {
        this.folder = folder;
    }

    LongwatchConfig read(Yaml file) {
        Yaml.Keys keys =
                file.keys("streams", "rules", "model", "sampling", "elasticsearch", "retention", "notify", "auth");
        Map<String, Yaml> streamValues = keys.required("streams").entries();
        if (streamValues.isEmpty()) {
            throw keys.get("streams").refusal("expected a stream or more, found none");
        }
        List<Channel> channels = new ChannelSection().read(keys.get("notify"));
        Map<String, List<String>> choices = new LinkedHashMap<>();
        List<AlertRule> rules = new RuleSection(
                        streamValues.keySet(),
                        channels.stream().map(Channel::name).toList())
                .read(keys.get("rules"));
        Sampling sampling = sampling(keys.get("sampling"), SAMPLING);
        Duration retention = retention(keys.get("retention"), null);
        List<Stream> streams = new ArrayList<>();
        streamValues.forEach((name, value) -> {
            Yaml.Keys stream =
                    value.isText() ? Yaml.Keys.none(value) : value.keys("url", "sampling", "retention", "rules");
            streams.add(new Stream(
                    name,
                    url(value.isText() ? value : stream.required("url")),
                    sampling(stream.get("sampling"), sampling),
                    retention(stream.get("retention"), retention)));
            if (stream.has("rules")) {
                choices.put(name, chosen(stream.get("rules"), rules));
            }
        });
        Yaml.Keys index = keys.get("elasticsearch").keys("url", "user", "password", "api_key", "prefix");
        return new LongwatchConfig(
                streams,
                narrowed(rules, streamValues.keySet().stream().toList(), choices),
                channels,
                model(keys),
                elasticsearch(keys.get("elasticsearch"), index),
                prefix(index),
                token(keys.get("auth")));
    }

    private static List<String> chosen(Yaml value, List<AlertRule> rules) {
        List<String> names = rules.stream().map(AlertRule::name).toList();
        return value.list().stream()
                .map(choice -> {
                    if (!names.contains(choice.text())) {
                        throw choice.refusal("no rule is called " + choice.found() + Words.hint(choice.text(), names));
                    }
                    return choice.text();
                })
                .toList();
    }

    /** Rules with the streams that chose among rules taken into account. */
    private static List<AlertRule> narrowed(
            List<AlertRule> rules, List<String> streams, Map<String, List<String>> choices) {
        if (choices.isEmpty()) {
            return rules;
        }
        List<AlertRule> narrowed = new ArrayList<>();
        for (AlertRule rule : rules) {
            List<String> where = streams.stream()
                    .filter(rule::holdsFor)
                    .filter(stream ->
                            choices.getOrDefault(stream, List.of(rule.name())).contains(rule.name()))
                    .toList();
            if (!where.isEmpty()) {
                narrowed.add(where.size() == streams.size() ? rule : rule.onStreams(where));
            }
        }
        return narrowed;
    }

    private static Sampling sampling(Yaml value, Sampling otherwise) {
        Yaml.Keys keys = value.keys("frames_per_second", "clip", "overlap");
        Sampling sampling = new Sampling(
                keys.has("frames_per_second")
                        ? keys.get("frames_per_second").number(LEAST_RATE, MOST_RATE)
                        : otherwise.framesPerSecond(),
                Duration.ofMillis(keys.millis("clip", otherwise.clip().toMillis())),
                Duration.ofMillis(keys.millis("overlap", otherwise.overlap().toMillis())));
        if (sampling.overlap().compareTo(sampling.clip()) >= 0) {
            throw keys.get(keys.has("overlap") ? "overlap" : "clip")
                    .refusal("expected an overlap shorter than the clip, found "
                            + sampling.overlap().toMillis() + " ms of "
                            + sampling.clip().toMillis() + " ms");
        }
        return sampling;
    }

    private static @Nullable Duration retention(Yaml value, @Nullable Duration otherwise) {
        if (value.isNothing()) {
            return otherwise;
        }
        if (value.text().equals("forever")) {
            return null;
        }
        Duration retention = Durations.parse(value.text())
                .orElseThrow(
                        () -> value.refusal("expected forever or " + Durations.EXPECTED + ", found " + value.found()));
        if (retention.isZero()) {
            throw value.refusal("expected forever or a time longer than zero, found " + value.found());
        }
        return retention;
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
        String prefix = keys.text("prefix", PREFIX);
        if (!INDEX_PREFIX.matcher(prefix).matches()) {
            throw keys.get("prefix")
                    .refusal("expected lower-case letters, digits and hyphens, found "
                            + keys.get("prefix").found());
        }
        return prefix;
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
