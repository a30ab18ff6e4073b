// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.govern;

import dev.longwatch.dashboards.config.LongwatchConfig;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.search.DefinitionDesk;
import java.util.Map;

/** What people define. */
public enum DefinitionKind {
    STREAM,
    RULE;

    DefinitionDesk desk(Elasticsearch elasticsearch, IndexNames names) {
        return this == STREAM
                ? DefinitionDesk.ofStreams(elasticsearch, names)
                : DefinitionDesk.ofRules(elasticsearch, names);
    }

    Map<String, String> places(LongwatchConfig config) {
        return this == STREAM ? config.streamPlaces() : config.rulePlaces();
    }

    /** As sentences call it. */
    public String word() {
        return this == STREAM ? "stream" : "rule";
    }
}
