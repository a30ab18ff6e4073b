// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.Time;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.BulkResponse;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.elasticsearch.core.bulk.BulkOperation;
import co.elastic.clients.elasticsearch.core.bulk.BulkResponseItem;
import co.elastic.clients.elasticsearch.core.search.Hit;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.indexer.client.IndexException.Reason;
import dev.longwatch.indexer.embed.MiniLm;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.wording.Wordings;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A scan at one point in time with a bulk of deletions for each page: the embedded server has no delete-by-query.
 * What only the deleted events have said goes too. */
final class EventDeletion {

    private static final int PAGE = 1_000;
    private static final Time KEEP = Time.of(time -> time.time("1m"));

    private final Elasticsearch elasticsearch;
    private final IndexNames names;
    private final List<Query> filters;

    /** What the deleted events said. */
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
        refresh();
        String scan = elasticsearch
                .client()
                .openPointInTime(
                        open -> open.index(everything()).ignoreUnavailable(true).keepAlive(KEEP))
                .id();
        try {
            return deletePages(scan);
        } finally {
            elasticsearch.client().closePointInTime(close -> close.id(scan));
            refresh();
            new Wordings(elasticsearch, names, MiniLm.shared()).prune(said);
        }
    }

    private long deletePages(String scan) throws IOException {
        long deleted = 0;
        List<FieldValue> after = List.of();
        while (true) {
            List<Hit<Said>> page = page(scan, after).hits().hits();
            if (page.isEmpty()) {
                return deleted;
            }
            delete(page);
            page.forEach(this::remember);
            deleted += page.size();
            after = page.get(page.size() - 1).sort();
        }
    }

    private SearchResponse<Said> page(String scan, List<FieldValue> after) throws IOException {
        return elasticsearch
                .client()
                .search(
                        search -> {
                            search.pit(pit -> pit.id(scan).keepAlive(KEEP))
                                    .size(PAGE)
                                    .source(source -> source.filter(kept -> kept.includes("wording")))
                                    .query(query -> query.bool(all -> all.filter(filters)))
                                    .sort(sort -> sort.field(
                                            place -> place.field("_shard_doc").order(SortOrder.Asc)));
                            return after.isEmpty() ? search : search.searchAfter(after);
                        },
                        Said.class);
    }

    private void remember(Hit<Said> hit) {
        Said source = hit.source();
        if (source != null && source.wording() != null) {
            said.add(source.wording());
        }
    }

    private void delete(List<Hit<Said>> page) throws IOException {
        List<BulkOperation> operations = page.stream()
                .map(hit -> BulkOperation.of(operation ->
                        operation.delete(delete -> delete.index(hit.index()).id(hit.id()))))
                .toList();
        BulkResponse response = elasticsearch.client().bulk(bulk -> bulk.operations(operations));
        for (BulkResponseItem item : response.items()) {
            if (item.error() != null && item.status() != 404) {
                throw new IndexException(
                        Reason.FAILED,
                        "event " + item.id() + " cannot be deleted: "
                                + item.error().reason());
            }
        }
    }

    private void refresh() throws IOException {
        elasticsearch.client().indices().refresh(refresh -> refresh.index(everything())
                .ignoreUnavailable(true));
    }

    /** An event with all that is kept about it: its alert, what people did about that, who was told; and the ledger. */
    private List<String> everything() {
        return List.of(
                names.everyEvent(),
                names.everyAlert(),
                names.everyDelivery(),
                names.everyCoverage(),
                names.handling(),
                names.refused());
    }
}
