// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import dev.longwatch.dashboards.config.ConfigFile;
import dev.longwatch.dashboards.config.ConfigFile.Joined;
import dev.longwatch.dashboards.config.InvalidConfig;
import dev.longwatch.dashboards.config.LongwatchConfig;
import dev.longwatch.dashboards.config.Words;
import dev.longwatch.dashboards.govern.Kept;
import dev.longwatch.dashboards.govern.Overview;
import dev.longwatch.dashboards.govern.Secrets;
import dev.longwatch.dashboards.govern.StreamCondition;
import dev.longwatch.dashboards.local.DataFolder;
import dev.longwatch.dashboards.local.ExitCode;
import dev.longwatch.dashboards.local.Problem;
import dev.longwatch.dashboards.local.UpLock;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.schema.Schema;
import dev.longwatch.indexer.search.DefinitionDesk;
import dev.longwatch.indexer.watchlist.Definition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The streams and rules of this installation, for commands that list and change them beside {@code longwatch up}. */
final class Installed {

    private static final StreamCondition NOT_RUNNING = new StreamCondition("not running", "", 0, 0, 0);

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The longwatch.yaml that holds. Default: that of the running longwatch up, else"
                    + " longwatch.yaml here, if it is there.")
    private @Nullable Path named;

    @Option(names = "--json", description = "Print one JSON object a line.")
    private boolean json;

    @Mixin
    private IndexOptions index = new IndexOptions();

    /** What a command does with one kind of definition. */
    enum Kind {
        STREAM,
        RULE;

        private DefinitionDesk desk(Elasticsearch elasticsearch, IndexNames names) {
            return this == STREAM
                    ? DefinitionDesk.ofStreams(elasticsearch, names)
                    : DefinitionDesk.ofRules(elasticsearch, names);
        }

        private Map<String, String> places(LongwatchConfig config) {
            return this == STREAM ? config.streamPlaces() : config.rulePlaces();
        }

        private String word() {
            return this == STREAM ? "stream" : "rule";
        }
    }

    Screen screen() {
        return Screen.standard(json);
    }

    /** Whether {@code longwatch up} runs here. */
    boolean isUp() {
        return UpLock.isHeld(index.folder());
    }

    /**
     * How everything is: as the running {@code longwatch up} says, else as the next one would find it.
     *
     * @throws Problem when that cannot be known
     */
    Overview overview(Screen screen) {
        DataFolder folder = index.folder();
        Optional<Overview> running = isUp() ? Overview.read(folder) : Optional.empty();
        return running.orElseGet(() -> {
            ConfigFile file = file();
            return asked(file, screen, elasticsearch -> {
                Kept kept = Kept.read(elasticsearch, new IndexNames(file.alone().prefix()));
                Joined joined = file.with(kept.streams(), kept.rules());
                return Overview.of(path(), joined.config(), joined.leftOut(), stream -> NOT_RUNNING);
            });
        });
    }

    /**
     * Keeps a stream or a rule.
     *
     * @param replace whether one of that name may be there
     * @throws Problem when it cannot be used as it is, or the file has one of that name
     */
    void add(Kind kind, String name, String keys, boolean replace, Screen screen) {
        ConfigFile file = file();
        Definition given = definition(name, keys);
        refuseWhatTheFileHas(kind, name, file, "change");
        asked(file, screen, elasticsearch -> {
            IndexNames names = new IndexNames(file.alone().prefix());
            new Schema(elasticsearch, names, 0).install();
            check(kind, given, file, Kept.read(elasticsearch, names));
            DefinitionDesk desk = kind.desk(elasticsearch, names);
            Optional<Definition> before = desk.find(name);
            if (before.isPresent() && !replace) {
                throw new Problem(
                        ExitCode.USAGE,
                        "there is a " + kind.word() + " called '" + name
                                + "' already; --replace puts this in its place");
            }
            Definition shown = kind == Kind.STREAM ? secrets().taken(given) : given;
            desk.put(before.map(old -> old.as(shown.json())).orElse(shown), System.currentTimeMillis());
            return true;
        });
    }

    /** @throws Problem when there is none, or only the file's */
    void remove(Kind kind, String name, Screen screen) {
        ConfigFile file = file();
        asked(file, screen, elasticsearch -> {
            DefinitionDesk desk =
                    kind.desk(elasticsearch, new IndexNames(file.alone().prefix()));
            Optional<Definition> kept = desk.find(name);
            if (kept.isEmpty()) {
                refuseWhatTheFileHas(kind, name, file, "remove");
                List<String> there = desk.all().stream().map(Definition::name).toList();
                throw new Problem(
                        ExitCode.USAGE, "no " + kind.word() + " is called '" + name + "'" + Words.hint(name, there));
            }
            desk.remove(kept.get());
            if (kind == Kind.STREAM) {
                secrets().forget(name);
            }
            return true;
        });
    }

    private Secrets secrets() {
        DataFolder folder = index.folder();
        try {
            Files.createDirectories(folder.root());
        } catch (IOException e) {
            throw new Problem(ExitCode.DISK, "the data folder " + folder.root() + " cannot be made: " + e, e);
        }
        return new Secrets(folder);
    }

    private static void refuseWhatTheFileHas(Kind kind, String name, ConfigFile file, String verb) {
        String place = kind.places(file.alone()).get(name);
        if (place != null) {
            throw new Problem(
                    ExitCode.USAGE, kind.word() + " '" + name + "' is defined by " + place + "; " + verb + " it there");
        }
    }

    private static Definition definition(String name, String keys) {
        try {
            return Definition.of(name, keys);
        } catch (IllegalArgumentException e) {
            throw new Problem(ExitCode.USAGE, e);
        }
    }

    private static void check(Kind kind, Definition given, ConfigFile file, Kept kept) {
        try {
            if (kind == Kind.STREAM) {
                file.checkStream(given, kept.streams(), kept.rules());
            } else {
                file.checkRule(given, kept.streams(), kept.rules());
            }
        } catch (InvalidConfig e) {
            throw new Problem(ExitCode.USAGE, e);
        }
    }

    private <T> T asked(ConfigFile file, Screen screen, Function<Elasticsearch, T> question) {
        try {
            return index.with(file.alone().elasticsearch(), screen::progress, address -> {
                try (Elasticsearch elasticsearch = Elasticsearch.open(address)) {
                    return question.apply(elasticsearch);
                }
            });
        } catch (IndexException e) {
            throw IndexOptions.problem(e);
        } finally {
            screen.clear();
        }
    }

    private Path path() {
        return named == null ? ConfigOptions.HERE : named;
    }

    private ConfigFile file() {
        Path path = named;
        if (path == null && isUp()) {
            path = Overview.read(index.folder())
                    .map(overview -> Path.of(overview.file()))
                    .filter(Files::exists)
                    .orElse(null);
        }
        return ConfigOptions.read(path);
    }
}
