// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.govern;

import dev.longwatch.dashboards.config.ConfigFile;
import dev.longwatch.dashboards.config.ConfigFile.Joined;
import dev.longwatch.dashboards.config.InvalidConfig;
import dev.longwatch.dashboards.config.LongwatchConfig;
import dev.longwatch.dashboards.config.Words;
import dev.longwatch.dashboards.govern.DefinitionRefused.Reason;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.search.DefinitionDesk;
import dev.longwatch.indexer.watchlist.Definition;
import java.util.List;
import java.util.Optional;

/**
 * The streams and rules that people keep in the index beside those of the file: added, changed and removed, and judged as if
 * they stood in it. The indices are laid out already. Every method throws an {@code IndexException} when Elasticsearch
 * cannot be asked, and a {@code Problem} when the file of secrets cannot be used.
 */
public final class Definitions {

    private final ConfigFile file;
    private final Secrets secrets;
    private final Elasticsearch elasticsearch;
    private final IndexNames names;

    /** @param file what it says now */
    public Definitions(ConfigFile file, Secrets secrets, Elasticsearch elasticsearch, IndexNames names) {
        this.file = file;
        this.secrets = secrets;
        this.elasticsearch = elasticsearch;
        this.names = names;
    }

    /** File and index as one, as they are now; addresses of the index without what opens them. */
    public Joined joined() {
        Kept kept = Kept.read(elasticsearch, names);
        return file.with(kept.streams(), kept.rules());
    }

    /**
     * Keeps a stream or a rule.
     *
     * @param keys a JSON object with the keys of {@code longwatch.yaml}
     * @param replace whether one of that name may be there
     * @return what is watched then, addresses of the index without what opens them
     * @throws DefinitionRefused when it cannot be used as it is, the file has one of that name, or the index has and must not
     */
    public LongwatchConfig put(DefinitionKind kind, String name, String keys, boolean replace) {
        Definition given = definition(name, keys);
        refuseWhatTheFileHas(kind, name, "change");
        check(kind, given);
        DefinitionDesk desk = kind.desk(elasticsearch, names);
        Optional<Definition> before = desk.find(name);
        if (before.isPresent() && !replace) {
            throw new DefinitionRefused(
                    Reason.THERE_ALREADY, "there is a " + kind.word() + " called '" + name + "' already");
        }
        Definition shown = kind == DefinitionKind.STREAM ? secrets.taken(given) : given;
        desk.put(before.map(old -> old.as(shown.json())).orElse(shown), System.currentTimeMillis());
        return joined().config();
    }

    /** @throws DefinitionRefused when there is none, or only the file's */
    public void remove(DefinitionKind kind, String name) {
        DefinitionDesk desk = kind.desk(elasticsearch, names);
        Optional<Definition> kept = desk.find(name);
        if (kept.isEmpty()) {
            refuseWhatTheFileHas(kind, name, "remove");
            List<String> there = desk.all().stream().map(Definition::name).toList();
            throw new DefinitionRefused(
                    Reason.NOT_THERE, "no " + kind.word() + " is called '" + name + "'" + Words.hint(name, there));
        }
        desk.remove(kept.get());
        if (kind == DefinitionKind.STREAM) {
            secrets.forget(name);
        }
    }

    private void refuseWhatTheFileHas(DefinitionKind kind, String name, String verb) {
        String place = kind.places(file.alone()).get(name);
        if (place != null) {
            throw new DefinitionRefused(
                    Reason.IN_FILE, kind.word() + " '" + name + "' is defined by " + place + "; " + verb + " it there");
        }
    }

    private void check(DefinitionKind kind, Definition given) {
        Kept kept = Kept.read(elasticsearch, names);
        try {
            if (kind == DefinitionKind.STREAM) {
                file.checkStream(given, kept.streams(), kept.rules());
            } else {
                file.checkRule(given, kept.streams(), kept.rules());
            }
        } catch (InvalidConfig e) {
            throw new DefinitionRefused(Reason.INVALID, String.valueOf(e.getMessage()));
        }
    }

    private static Definition definition(String name, String keys) {
        try {
            return Definition.of(name, keys);
        } catch (IllegalArgumentException e) {
            throw new DefinitionRefused(Reason.INVALID, String.valueOf(e.getMessage()));
        }
    }
}
