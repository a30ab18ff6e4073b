// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.config;

import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.watchlist.Definition;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code longwatch.yaml} as it was read, good in itself, and joined by what the index keeps. The file wins where both have a
 * name. What it names stands in it; what the index keeps may name things of both.
 */
public final class ConfigFile {

    private final ConfigReader reader;
    private final Yaml file;
    private final LongwatchConfig alone;

    private ConfigFile(ConfigReader reader, Yaml file) {
        this.reader = reader;
        this.file = file;
        this.alone = reader.read(file, Map.of(), Map.of());
    }

    /**
     * File and index as one.
     *
     * @param leftOut what of the index cannot be used, and why: sentences without secrets
     */
    public record Joined(LongwatchConfig config, List<String> leftOut) {

        public Joined {
            leftOut = List.copyOf(leftOut);
        }
    }

    /** A file that says nothing. */
    public static ConfigFile none() {
        return parse(Path.of("longwatch.yaml"), "", name -> null);
    }

    /**
     * Reads a file, with the variables of this process's environment.
     *
     * @throws InvalidConfig when it cannot be used, saying where and why
     */
    public static ConfigFile read(Path file) {
        String name = file.toString();
        try {
            return parse(file, Files.readString(file), System::getenv);
        } catch (NoSuchFileException e) {
            throw new InvalidConfig(name, name, "there is no such file");
        } catch (CharacterCodingException e) {
            throw new InvalidConfig(name, name, "expected text in UTF-8");
        } catch (IOException e) {
            throw new InvalidConfig(name, name, "cannot be read: " + e.getMessage());
        }
    }

    static ConfigFile parse(Path file, String text, UnaryOperator<@Nullable String> environment) {
        Path folder = Objects.requireNonNullElse(file.toAbsolutePath().getParent(), file.toAbsolutePath());
        return new ConfigFile(new ConfigReader(folder), Yaml.parse(file.toString(), text, environment));
    }

    /** What the file says by itself. */
    public LongwatchConfig alone() {
        return alone;
    }

    /**
     * With what the index keeps. What of it cannot be used is left out, and takes nothing else down.
     *
     * @param streams with the passwords of their addresses
     * @throws InvalidConfig when the file itself cannot be used any more
     */
    public Joined with(List<Definition> streams, List<Definition> rules) {
        List<String> leftOut = new ArrayList<>();
        Map<String, Yaml> keptStreams = kept("stream", streams, alone.streamPlaces(), leftOut);
        Map<String, Yaml> keptRules = kept("rule", rules, alone.rulePlaces(), leftOut);
        LongwatchConfig joined = joined(keptStreams, keptRules, leftOut, file);
        leftOut.addAll(idle(joined));
        return new Joined(joined, leftOut);
    }

    /** Rules that are asked of no stream, though there are some. */
    private static List<String> idle(LongwatchConfig config) {
        if (config.streams().isEmpty()) {
            return List.of();
        }
        Set<String> asked = config.rules().stream().map(AlertRule::name).collect(Collectors.toSet());
        return config.rulePlaces().entrySet().stream()
                .filter(rule -> !asked.contains(rule.getKey()))
                .sorted(Map.Entry.comparingByKey())
                .map(rule -> "rule '" + rule.getKey() + "' (" + rule.getValue()
                        + ") is asked nowhere: every stream that it holds for says under 'rules' which it wants")
                .toList();
    }

    /**
     * Refuses a stream that is not to be kept, for the same reasons as one in the file.
     *
     * @throws InvalidConfig with what is wrong
     */
    public void checkStream(Definition stream, List<Definition> streams, List<Definition> rules) {
        Map<String, Yaml> keptStreams = kept("stream", streams, alone.streamPlaces(), new ArrayList<>());
        Map<String, Yaml> keptRules = kept("rule", rules, alone.rulePlaces(), new ArrayList<>());
        Yaml given = Yaml.given("stream '" + stream.name() + "'", stream.json());
        keptStreams.put(stream.name(), given);
        joined(keptStreams, keptRules, new ArrayList<>(), given);
    }

    /**
     * Refuses a rule that is not to be kept, for the same reasons as one in the file.
     *
     * @throws InvalidConfig with what is wrong
     */
    public void checkRule(Definition rule, List<Definition> streams, List<Definition> rules) {
        Map<String, Yaml> keptStreams = kept("stream", streams, alone.streamPlaces(), new ArrayList<>());
        Map<String, Yaml> keptRules = kept("rule", rules, alone.rulePlaces(), new ArrayList<>());
        Yaml given = Yaml.given("rule '" + rule.name() + "'", rule.json());
        keptRules.put(rule.name(), given);
        joined(keptStreams, keptRules, new ArrayList<>(), given);
    }

    /** @param needed what must be good; all else is left out when it is not */
    private LongwatchConfig joined(
            Map<String, Yaml> streams, Map<String, Yaml> rules, List<String> leftOut, Yaml needed) {
        while (true) {
            try {
                return reader.read(file, streams, rules);
            } catch (InvalidConfig e) {
                String culprit = e.source();
                if (culprit.equals(needed.source())
                        || !(streams.values().removeIf(value -> value.source().equals(culprit))
                                || rules.values()
                                        .removeIf(value -> value.source().equals(culprit)))) {
                    throw e;
                }
                leftOut.add("left out: " + e.getMessage());
            }
        }
    }

    private static Map<String, Yaml> kept(
            String kind, List<Definition> definitions, Map<String, String> inFile, List<String> leftOut) {
        Map<String, Yaml> kept = new LinkedHashMap<>();
        for (Definition definition : definitions) {
            String name = definition.name();
            String what = kind + " '" + name + "' of the index";
            if (inFile.containsKey(name)) {
                leftOut.add("left out: " + what + ": " + inFile.get(name) + " has one of that name");
                continue;
            }
            try {
                kept.put(name, Yaml.kept(what, definition.json()));
            } catch (InvalidConfig e) {
                leftOut.add("left out: " + e.getMessage());
            }
        }
        return kept;
    }
}
