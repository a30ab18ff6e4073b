// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.keep;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.bulk.BulkOperation;
import dev.longwatch.indexer.client.Bulk;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.client.Scan;
import dev.longwatch.indexer.coverage.CoverageSpan;
import dev.longwatch.indexer.coverage.CoverageSpan.State;
import dev.longwatch.indexer.schema.CoverageDocument;
import dev.longwatch.indexer.schema.IndexNames;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Says in a stream's ledger where something was deleted, so that nobody takes the hole for a fault. */
final class DeletedCoverage {

    private final Elasticsearch elasticsearch;
    private final IndexNames names;

    DeletedCoverage(Elasticsearch elasticsearch, IndexNames names) {
        this.elasticsearch = elasticsearch;
        this.names = names;
    }

    /** What of the stretches the ledgers speak of, without what is pinned. */
    Map<String, List<Stretch>> known(Map<String, List<Stretch>> stretches, List<Pin> sparing) throws IOException {
        Map<String, List<Stretch>> known = new TreeMap<>();
        for (Map.Entry<String, List<Stretch>> each : stretches.entrySet()) {
            List<Stretch> its = new ArrayList<>();
            for (Stretch stretch : each.getValue()) {
                its.addAll(known(each.getKey(), stretch, Deletion.of(each.getKey(), sparing)));
            }
            known.put(each.getKey(), its);
        }
        return known;
    }

    private List<Stretch> known(String stream, Stretch stretch, List<Stretch> pinned) throws IOException {
        long[] ends = {Long.MAX_VALUE, Long.MIN_VALUE};
        Query its = Erasure.both(List.of(
                Erasure.anyOf("stream", List.of(stream)),
                Erasure.before("from", stretch.toMillis()),
                Query.of(query -> query.range(range -> range.date(to -> to.field("to")
                        .gt(Instant.ofEpochMilli(stretch.fromMillis()).toString()))))));
        new Scan(elasticsearch, List.of(names.everyCoverage()), its)
                .each(
                        CoverageDocument.class,
                        page -> page.forEach(hit -> {
                            CoverageDocument entry = Objects.requireNonNull(hit.source());
                            long from = Instant.parse(entry.from()).toEpochMilli();
                            long to = Instant.parse(entry.to()).toEpochMilli();
                            ends[0] = Math.min(ends[0], Math.max(from, stretch.fromMillis()));
                            ends[1] = Math.max(ends[1], Math.min(to, stretch.toMillis()));
                        }));
        return ends[1] <= ends[0] ? List.of() : without(new Stretch(ends[0], ends[1]), pinned);
    }

    void write(Map<String, List<Stretch>> stretches, Receipt receipt) throws IOException {
        List<BulkOperation> writes = new ArrayList<>();
        stretches.forEach((stream, its) -> its.forEach(stretch -> {
            CoverageSpan note = new CoverageSpan(
                    stream,
                    stretch.fromMillis(),
                    stretch.toMillis(),
                    State.DELETED,
                    "deleted at " + receipt.at() + ", receipt " + receipt.id(),
                    0);
            writes.add(BulkOperation.of(operation -> operation.index(
                    index -> index.index(names.ofCoverage(note)).id(note.id()).document(CoverageDocument.of(note)))));
        }));
        new Bulk(elasticsearch).run(writes);
    }

    /** What is left of a stretch without others. */
    static List<Stretch> without(Stretch whole, List<Stretch> others) {
        List<Stretch> left = new ArrayList<>();
        long from = whole.fromMillis();
        List<Stretch> inOrder = others.stream()
                .sorted(Comparator.comparingLong(Stretch::fromMillis))
                .toList();
        for (Stretch other : inOrder) {
            long end = Math.min(whole.toMillis(), other.fromMillis());
            if (end > from) {
                left.add(new Stretch(from, end));
            }
            from = Math.max(from, other.toMillis());
        }
        if (whole.toMillis() > from) {
            left.add(new Stretch(from, whole.toMillis()));
        }
        return left;
    }
}
