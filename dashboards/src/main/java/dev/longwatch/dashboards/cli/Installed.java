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
import dev.longwatch.indexer.schema.Schema;
import dev.longwatch.indexer.search.Judged;
import dev.longwatch.indexer.search.Verdicts;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The streams and rules of this installation, for commands that list and change them beside {@code longwatch up}. */
final class Installed {

    private static final StreamCondition NOT_RUNNING = new StreamCondition("not running", "", 0, 0, 0);

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
            ConfigFile file = index.file();
            return index.ask(screen, (elasticsearch, names) -> {
                Kept kept = Kept.read(elasticsearch, names);
                Joined joined = file.with(kept.streams(), kept.rules());
                return Overview.of(index.path(), joined.config(), joined.leftOut(), stream -> NOT_RUNNING);
            });
        });
    }

    /** What people said of each rule's alerts; nothing but a note when Elasticsearch cannot be asked. */
    Map<String, Judged> judged(Screen screen) {
        try {
            return index.ask(screen, (elasticsearch, names) -> new Verdicts(elasticsearch, names).byRule());
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
        changed(screen, true, definitions -> definitions.put(kind, name, keys, replace));
    }

    /** @throws Problem when there is none, or only the file's */
    void remove(DefinitionKind kind, String name, Screen screen) {
        changed(screen, false, definitions -> definitions.remove(kind, name));
    }

    private void changed(Screen screen, boolean layOut, Consumer<Definitions> change) {
        index.ask(screen, (elasticsearch, names) -> {
            if (layOut) {
                new Schema(elasticsearch, names, 0).install();
            }
            try {
                change.accept(new Definitions(index.file(), secrets(), elasticsearch, names));
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
}
