// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.longwatch.indexer.client.Bulk;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.client.Scan;
import dev.longwatch.indexer.embed.MiniLm;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.wording.Wordings;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A scan at one point in time with a bulk of deletions for each page: the embedded server has no delete-by-query. What only
 * the deleted events have said goes too.
 */
final class EventDeletion {

    /** It looks at its clock five times a second and does not forget what it deleted since. */
    private static final long SERVER_CLOCK_MILLIS = 300;

    private final Elasticsearch elasticsearch;
    private final IndexNames names;
    private final List<Query> filters;
    private final Set<String> said = new LinkedHashSet<>();

    EventDeletion(Elasticsearch elasticsearch, IndexNames names, List<Query> filters) {
        this.elasticsearch = elasticsearch;
        this.names = names;
        this.filters = filters;
    }

    /** Of any document the part that is wanted here. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Said(@JsonProperty("wording") @Nullable String wording) {}

    long run() throws IOException {
        Bulk bulk = new Bulk(elasticsearch);
        long[] deleted = new long[1];
        new Scan(elasticsearch, everything(), Query.of(query -> query.bool(all -> all.filter(filters))))
                .each(Said.class, page -> {
                    bulk.delete(page);
                    page.forEach(hit -> remember(hit.source()));
                    deleted[0] += page.size();
                });
        forgetVersions(deleted[0]);
        new Wordings(elasticsearch, names, MiniLm.shared()).prune(said);
        return deleted[0];
    }

    /** At a refresh the server forgets of which version its deleted documents were, so that older ones may be written anew. */
    private void forgetVersions(long deleted) throws IOException {
        if (deleted > 0) {
            try {
                Thread.sleep(SERVER_CLOCK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        elasticsearch.client().indices().refresh(refresh -> refresh.index(everything())
                .ignoreUnavailable(true));
    }

    private void remember(@Nullable Said document) {
        if (document != null && document.wording() != null) {
            said.add(document.wording());
        }
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
