// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.sink;

import dev.longwatch.indexer.client.ElasticsearchAddress;
import dev.longwatch.indexer.coverage.CoverageSpan;
import dev.longwatch.indexer.schema.CoverageDocument;
import dev.longwatch.indexer.schema.IndexNames;

/**
 * Keeps a stream's ledger. An entry is known by its stream, its state and where it begins: written again after a restart it
 * replaces itself, and of two that begin together the longer one stays. What else it promises: see the package.
 */
public final class CoverageSink extends DocumentSink<CoverageSpan> {

    private static final long serialVersionUID = 1L;

    /** @param replicas copies of each new index besides the first */
    public CoverageSink(ElasticsearchAddress address, IndexNames names, int replicas) {
        super(names, CoverageSink::write, restored -> ElasticsearchBulk.open(address, names, replicas, restored));
    }

    private static DocumentWrite write(CoverageSpan span, IndexNames names) {
        String json = DocumentWrite.json(CoverageDocument.of(span));
        return new DocumentWrite(names.ofCoverage(span), span.id(), span.toMillis(), json);
    }
}
