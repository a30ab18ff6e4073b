// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.streams;

import dev.longwatch.dashboards.api.http.HttpProblem;
import dev.longwatch.dashboards.api.http.HttpProblem.FieldError;
import dev.longwatch.dashboards.api.http.HttpProblem.Kind;
import dev.longwatch.dashboards.config.LongwatchConfig;
import dev.longwatch.dashboards.govern.DefinitionKind;
import dev.longwatch.dashboards.govern.DefinitionRefused;
import dev.longwatch.dashboards.govern.Definitions;
import dev.longwatch.dashboards.govern.Secrets;
import dev.longwatch.dashboards.govern.Standing;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.schema.IndexNames;
import java.util.List;
import java.util.function.Supplier;

/** The streams and rules of this installation, for routes: whatever is refused is a problem. */
public final class Watched {

    private final Standing standing;
    private final Secrets secrets;
    private final Elasticsearch elasticsearch;
    private final IndexNames names;

    public Watched(Standing standing, Elasticsearch elasticsearch, IndexNames names) {
        this.standing = standing;
        secrets = new Secrets(standing.folder());
        this.elasticsearch = elasticsearch;
        this.names = names;
    }

    /** File and index as one, as they are now. */
    public LongwatchConfig now() {
        return definitions().joined().config();
    }

    /**
     * Keeps one in place of the one of that name.
     *
     * @return what is watched then
     * @throws HttpProblem when it makes no sense, or the file defines it
     */
    public LongwatchConfig put(DefinitionKind kind, String name, String keys) {
        return told(() -> definitions().put(kind, name, keys, true));
    }

    /**
     * Keeps one of a new name.
     *
     * @return what is watched then
     * @throws HttpProblem when it makes no sense, or there is one of that name
     */
    public LongwatchConfig add(DefinitionKind kind, String name, String keys) {
        return told(() -> definitions().put(kind, name, keys, false));
    }

    /** @throws HttpProblem when there is none, or the file defines it */
    public void remove(DefinitionKind kind, String name) {
        told(() -> {
            definitions().remove(kind, name);
            return true;
        });
    }

    private Definitions definitions() {
        return new Definitions(standing.file(), secrets, elasticsearch, names);
    }

    private static <T> T told(Supplier<T> work) {
        try {
            return work.get();
        } catch (DefinitionRefused e) {
            String sentence = String.valueOf(e.getMessage());
            throw switch (e.reason()) {
                case INVALID -> new HttpProblem(Kind.INVALID, sentence, List.of(new FieldError("body", sentence)));
                case IN_FILE, THERE_ALREADY -> new HttpProblem(Kind.CONFLICT, sentence);
                case NOT_THERE -> HttpProblem.notFound(sentence);
            };
        }
    }
}
