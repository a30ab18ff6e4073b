// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.config;

import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.alert.Channel;
import dev.longwatch.indexer.client.ElasticsearchAddress;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What {@code longwatch.yaml} says, whole and valid.
 *
 * @param streams what is watched, at least one
 * @param rules what for; each names the streams it holds for, or none when it holds for all
 * @param channels who is told
 * @param model a checkpoint directory; empty for the embedded model
 * @param elasticsearch where everything is kept; null for one that Longwatch starts itself
 * @param prefix of all index names
 * @param token what the API wants to see; empty for one that Longwatch makes itself
 */
public record LongwatchConfig(
        List<Stream> streams,
        List<AlertRule> rules,
        List<Channel> channels,
        String model,
        @Nullable ElasticsearchAddress elasticsearch,
        String prefix,
        String token) {

    /**
     * One stream with all that holds for it.
     *
     * @param name as it is shown and filtered by
     * @param url where it is; may hold a password
     * @param sampling how closely it is looked at
     * @param retention how long its footage, events and alerts are kept; null for ever
     */
    public record Stream(String name, String url, Sampling sampling, @Nullable Duration retention) {

        /** Without the address, which may hold a password. */
        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * How closely a stream is looked at.
     *
     * @param framesPerSecond how many pictures a second
     * @param clip how much the model sees at once
     * @param overlap how much of a clip is seen again by the next one
     */
    public record Sampling(double framesPerSecond, Duration clip, Duration overlap) {}

    public LongwatchConfig {
        streams = List.copyOf(streams);
        rules = List.copyOf(rules);
        channels = List.copyOf(channels);
    }

    /**
     * Reads a file, with the variables of this process's environment.
     *
     * @throws InvalidConfig when it cannot be used, saying where and why
     */
    public static LongwatchConfig read(Path file) {
        try {
            String text = Files.readString(file);
            Path folder = Objects.requireNonNullElse(file.toAbsolutePath().getParent(), file.toAbsolutePath());
            return new ConfigReader(folder).read(Yaml.parse(file.toString(), text, System::getenv));
        } catch (NoSuchFileException e) {
            throw new InvalidConfig(file.toString(), "there is no such file");
        } catch (CharacterCodingException e) {
            throw new InvalidConfig(file.toString(), "expected text in UTF-8");
        } catch (IOException e) {
            throw new InvalidConfig(file.toString(), "cannot be read: " + e.getMessage());
        }
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return "streams " + streams + ", rules "
                + rules.stream().map(AlertRule::name).toList() + ", channels " + channels;
    }
}
