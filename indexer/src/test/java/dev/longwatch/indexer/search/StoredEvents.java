// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import static org.assertj.core.api.Assertions.assertThat;

import co.elastic.clients.elasticsearch._types.Refresh;
import co.elastic.clients.elasticsearch._types.VersionType;
import co.elastic.clients.elasticsearch.core.BulkResponse;
import co.elastic.clients.elasticsearch.core.bulk.BulkOperation;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.embed.MiniLm;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.indexer.event.Wording;
import dev.longwatch.indexer.schema.EventDocument;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.schema.Schema;
import dev.longwatch.indexer.wording.Wordings;
import java.io.IOException;
import java.util.List;

/** Events as the sink keeps them: their wordings, and themselves with the version from outside. */
final class StoredEvents {

    private StoredEvents() {}

    static void store(Elasticsearch elasticsearch, IndexNames names, List<VideoEvent> events) throws IOException {
        new Schema(elasticsearch, names, 0).install();
        new Wordings(elasticsearch, names, MiniLm.shared())
                .ensure(events.stream().map(Wording::of).toList());
        List<BulkOperation> operations = events.stream()
                .map(event -> BulkOperation.of(operation -> operation.index(index -> index.index(names.ofEvent(event))
                        .id(event.id())
                        .version(event.version())
                        .versionType(VersionType.ExternalGte)
                        .document(EventDocument.of(event)))))
                .toList();
        BulkResponse response =
                elasticsearch.client().bulk(bulk -> bulk.operations(operations).refresh(Refresh.True));
        assertThat(response.errors()).as(response.toString()).isFalse();
        elasticsearch.client().indices().refresh(refresh -> refresh.index(names.wordings()));
    }
}
