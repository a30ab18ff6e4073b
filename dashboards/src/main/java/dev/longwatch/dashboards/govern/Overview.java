// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.govern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longwatch.dashboards.config.LongwatchConfig;
import dev.longwatch.dashboards.local.DataFolder;
import dev.longwatch.dashboards.local.ExitCode;
import dev.longwatch.dashboards.local.Problem;
import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.alert.Channel;
import dev.longwatch.indexer.event.Labels;
import dev.longwatch.indexer.watchlist.WatchedStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Everything that is watched and how it is, without secrets: what this process knows, and what another one reads of it.
 *
 * @param file the configuration file, absolute; it need not be there
 * @param streams each with its condition
 * @param channels names of who may be told
 * @param remarks what is wrong with what is to be watched
 */
public record Overview(
        String file, List<Stream> streams, List<Rule> rules, List<String> channels, List<String> remarks) {

    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    /**
     * One stream.
     *
     * @param place where it is defined: file and line, or {@link LongwatchConfig#INDEX}
     * @param address as it may be shown
     */
    public record Stream(String name, String place, String address, StreamCondition condition, List<String> labels) {

        public Stream {
            labels = Labels.orNone(labels);
        }
    }

    /**
     * One rule.
     *
     * @param place where it is defined: file and line, or {@link LongwatchConfig#INDEX}
     */
    public record Rule(String place, AlertRule rule) {}

    public Overview {
        streams = List.copyOf(streams);
        rules = List.copyOf(rules);
        channels = List.copyOf(channels);
        remarks = List.copyOf(remarks);
    }

    public static Overview of(
            Path file, LongwatchConfig config, List<String> remarks, Function<String, StreamCondition> conditions) {
        return new Overview(
                file.toAbsolutePath().normalize().toString(),
                config.streams().stream()
                        .map(stream -> line(stream, config, conditions))
                        .toList(),
                config.rules().stream()
                        .map(rule -> new Rule(
                                Objects.requireNonNull(config.rulePlaces().get(rule.name())), rule))
                        .toList(),
                config.channels().stream().map(Channel::name).toList(),
                remarks);
    }

    private static Stream line(
            WatchedStream stream, LongwatchConfig config, Function<String, StreamCondition> conditions) {
        return new Stream(
                stream.name(),
                Objects.requireNonNull(config.streamPlaces().get(stream.name())),
                ShownAddress.of(stream.url()),
                conditions.apply(stream.name()),
                stream.labels());
    }

    /** @throws Problem when it cannot be written */
    public void write(DataFolder folder) {
        try {
            PrivateFile.write(folder.status(), JSON.writeValueAsString(this));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an overview cannot be written", e);
        }
    }

    /**
     * What the process that governs the folder wrote last.
     *
     * @throws Problem when it cannot be read
     */
    public static Optional<Overview> read(DataFolder folder) {
        Optional<String> text = PrivateFile.read(folder.status());
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(JSON.readValue(text.get(), Overview.class));
        } catch (JsonProcessingException e) {
            throw new Problem(ExitCode.INTERNAL, folder.status() + " cannot be read: " + e.getOriginalMessage(), e);
        }
    }
}
