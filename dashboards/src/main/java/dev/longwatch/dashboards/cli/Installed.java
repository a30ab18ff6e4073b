// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import dev.longwatch.dashboards.config.ConfigFile;
import dev.longwatch.dashboards.config.ConfigFile.Joined;
import dev.longwatch.dashboards.govern.DefinitionKind;
import dev.longwatch.dashboards.govern.DefinitionRefused;
import dev.longwatch.dashboards.govern.DefinitionRefused.Reason;
import dev.longwatch.dashboards.govern.Definitions;
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
import dev.longwatch.indexer.search.Judged;
import dev.longwatch.indexer.search.Verdicts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
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

    /** What people said of each rule's alerts; nothing but a note when Elasticsearch cannot be asked. */
    Map<String, Judged> judged(Screen screen) {
        ConfigFile file = file();
        IndexNames names = new IndexNames(file.alone().prefix());
        try {
            return asked(file, screen, elasticsearch -> new Verdicts(elasticsearch, names).byRule());
        } catch (Problem e) {
            screen.note("what people said of the alerts is not known now: " + e.getMessage());
            return Map.of();
        }
    }

    /**
     * Keeps a stream or a rule.
     *
     * @param replace whether one of that name may be there
     * @throws Problem when it cannot be used as it is, or the file has one of that name
     */
    void add(DefinitionKind kind, String name, String keys, boolean replace, Screen screen) {
        ConfigFile file = file();
        changed(file, screen, true, definitions -> definitions.put(kind, name, keys, replace));
    }

    /** @throws Problem when there is none, or only the file's */
    void remove(DefinitionKind kind, String name, Screen screen) {
        changed(file(), screen, false, definitions -> definitions.remove(kind, name));
    }

    private void changed(ConfigFile file, Screen screen, boolean layOut, Consumer<Definitions> change) {
        asked(file, screen, elasticsearch -> {
            IndexNames names = new IndexNames(file.alone().prefix());
            if (layOut) {
                new Schema(elasticsearch, names, 0).install();
            }
            try {
                change.accept(new Definitions(file, secrets(), elasticsearch, names));
            } catch (DefinitionRefused e) {
                String hint = e.reason() == Reason.THERE_ALREADY ? "; --replace puts this in its place" : "";
                throw new Problem(ExitCode.USAGE, e.getMessage() + hint);
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
