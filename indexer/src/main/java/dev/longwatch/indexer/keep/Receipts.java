// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.keep;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.Refresh;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.indexer.client.Scan;
import dev.longwatch.indexer.schema.IndexNames;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Keeps what was deleted when and why. Every failure is an {@link IndexException}. */
public final class Receipts {

    private final Elasticsearch elasticsearch;
    private final IndexNames names;

    public Receipts(Elasticsearch elasticsearch, IndexNames names) {
        this.elasticsearch = elasticsearch;
        this.names = names;
    }

    /** Those of deletions asked for since then, the newest first. */
    public List<Receipt> since(Instant instant) {
        List<Receipt> receipts = new ArrayList<>();
        try {
            new Scan(
                            elasticsearch,
                            List.of(names.receipts()),
                            Query.of(query -> query.range(
                                    range -> range.date(at -> at.field("at").gte(instant.toString())))))
                    .each(
                            Receipt.class,
                            page -> page.forEach(hit -> receipts.add(Objects.requireNonNull(hit.source()))));
        } catch (IOException | ElasticsearchException e) {
            throw elasticsearch.explain(e);
        }
        receipts.sort(Comparator.comparing(Receipt::at).reversed());
        return receipts;
    }

    void store(Receipt receipt) {
        try {
            elasticsearch.client().index(index -> index.index(names.receipts())
                    .id(receipt.id())
                    .document(receipt)
                    .refresh(Refresh.True));
        } catch (IOException | ElasticsearchException e) {
            throw elasticsearch.explain(e);
        }
    }
}
