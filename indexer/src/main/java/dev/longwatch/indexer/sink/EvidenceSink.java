// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.sink;

import dev.longwatch.indexer.alert.Evidence;
import dev.longwatch.indexer.client.ElasticsearchAddress;
import dev.longwatch.indexer.schema.EvidenceDocument;
import dev.longwatch.indexer.schema.IndexNames;

/** Keeps what there is to see of an alert, under the alert's id. What it promises: see the package. */
public final class EvidenceSink extends DocumentSink<Evidence> {

    private static final long serialVersionUID = 1L;

    /** @param replicas copies of each new index besides the first */
    public EvidenceSink(ElasticsearchAddress address, IndexNames names, int replicas) {
        super(names, EvidenceSink::write, restored -> ElasticsearchBulk.open(address, names, replicas, restored));
    }

    private static DocumentWrite write(Evidence evidence, IndexNames names) {
        String json = DocumentWrite.json(EvidenceDocument.of(evidence));
        return new DocumentWrite(names.ofEvidence(evidence), evidence.alert(), evidence.version(), json);
    }
}
