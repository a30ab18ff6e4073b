// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.govern;

import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.search.DefinitionDesk;
import dev.longwatch.indexer.watchlist.Definition;
import java.util.List;

/**
 * What the index keeps of streams and rules at one moment.
 *
 * @param streams without what opens their addresses
 */
public record Kept(List<Definition> streams, List<Definition> rules) {

    public static final Kept NOTHING = new Kept(List.of(), List.of());

    public Kept {
        streams = List.copyOf(streams);
        rules = List.copyOf(rules);
    }

    /** @throws dev.longwatch.indexer.client.IndexException when Elasticsearch cannot be asked */
    public static Kept read(Elasticsearch elasticsearch, IndexNames names) {
        return new Kept(
                DefinitionDesk.ofStreams(elasticsearch, names).all(),
                DefinitionDesk.ofRules(elasticsearch, names).all());
    }
}
