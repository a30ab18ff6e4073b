// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.longwatch.indexer.client.Bulk;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.client.Scan;
import dev.longwatch.indexer.schema.IndexNames;
import java.io.IOException;
import java.util.List;

/** A scan at one point in time with a bulk of deletions for each page: the embedded server has no delete-by-query. */
final class EventDeletion {

    private final Elasticsearch elasticsearch;
    private final IndexNames names;
    private final List<Query> filters;

    EventDeletion(Elasticsearch elasticsearch, IndexNames names, List<Query> filters) {
        this.elasticsearch = elasticsearch;
        this.names = names;
        this.filters = filters;
    }

    long run() throws IOException {
        Bulk bulk = new Bulk(elasticsearch);
        long[] deleted = new long[1];
        new Scan(elasticsearch, everything(), Query.of(query -> query.bool(all -> all.filter(filters))))
                .each(Void.class, page -> {
                    bulk.delete(page);
                    deleted[0] += page.size();
                });
        elasticsearch.client().indices().refresh(refresh -> refresh.index(everything())
                .ignoreUnavailable(true));
        return deleted[0];
    }

    /** An event with all that is kept about it: its alert, what there is to see, what people did, who was told; and the ledger. */
    private List<String> everything() {
        return List.of(
                names.everyEvent(),
                names.everyAlert(),
                names.everyEvidence(),
                names.everyDelivery(),
                names.everyCoverage(),
                names.handling(),
                names.refused());
    }
}
