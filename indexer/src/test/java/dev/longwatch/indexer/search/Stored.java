// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import co.elastic.clients.elasticsearch._types.Refresh;
import co.elastic.clients.elasticsearch._types.VersionType;
import co.elastic.clients.elasticsearch.core.BulkResponse;
import co.elastic.clients.elasticsearch.core.bulk.BulkOperation;
import dev.longwatch.indexer.alert.Alert;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.coverage.CoverageSpan;
import dev.longwatch.indexer.embed.MiniLm;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.indexer.event.Wording;
import dev.longwatch.indexer.schema.AlertDocument;
import dev.longwatch.indexer.schema.CoverageDocument;
import dev.longwatch.indexer.schema.EventDocument;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.schema.Schema;
import dev.longwatch.indexer.wording.Wordings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;

/** Puts into the index what the jobs would, without a job: for tests, in any module. Found when {@link #store} returns. */
public final class Stored {

    private final Elasticsearch elasticsearch;
    private final IndexNames names;
    private final List<BulkOperation> operations = new ArrayList<>();
    private final List<Wording> said = new ArrayList<>();

    private Stored(Elasticsearch elasticsearch, IndexNames names) {
        this.elasticsearch = elasticsearch;
        this.names = names;
    }

    /** Lays the indices out if they are not. */
    public static Stored in(Elasticsearch elasticsearch, IndexNames names) {
        new Schema(elasticsearch, names, 0).install();
        return new Stored(elasticsearch, names);
    }

    public Stored events(VideoEvent... events) {
        for (VideoEvent event : events) {
            said.add(Wording.of(event));
            add(names.ofEvent(event), event.id(), event.version(), EventDocument.of(event));
        }
        return this;
    }

    public Stored alerts(Alert... alerts) {
        for (Alert alert : alerts) {
            add(names.ofAlert(alert), alert.id(), alert.version(), AlertDocument.of(alert));
        }
        return this;
    }

    public Stored coverage(CoverageSpan... spans) {
        for (CoverageSpan span : spans) {
            add(names.ofCoverage(span), span.id(), 1, CoverageDocument.of(span));
        }
        return this;
    }

    private void add(String index, String id, long version, Object document) {
        operations.add(BulkOperation.of(operation -> operation.index(write -> write.index(index)
                .id(id)
                .version(version)
                .versionType(VersionType.ExternalGte)
                .document(document))));
    }

    public void store() throws IOException {
        new Wordings(elasticsearch, names, MiniLm.shared()).ensure(said);
        BulkResponse response =
                elasticsearch.client().bulk(bulk -> bulk.operations(operations).refresh(Refresh.True));
        Assertions.assertThat(response.errors()).as(response.toString()).isFalse();
        elasticsearch.client().indices().refresh(refresh -> refresh.index(names.wordings())
                .ignoreUnavailable(true));
    }
}
