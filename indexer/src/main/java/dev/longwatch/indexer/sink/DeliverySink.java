// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.sink;

import dev.longwatch.indexer.alert.Delivery;
import dev.longwatch.indexer.client.ElasticsearchAddress;
import dev.longwatch.indexer.schema.DeliveryDocument;
import dev.longwatch.indexer.schema.IndexNames;

/** Keeps what became of every message, and the message itself when it was given up. What it promises: see the package. */
public final class DeliverySink extends DocumentSink<Delivery> {

    private static final long serialVersionUID = 1L;

    /** @param replicas copies of each new index besides the first */
    public DeliverySink(ElasticsearchAddress address, IndexNames names, int replicas) {
        super(names, DeliverySink::write, restored -> ElasticsearchBulk.open(address, names, replicas, restored));
    }

    private static DocumentWrite write(Delivery delivery, IndexNames names) {
        String json = DocumentWrite.json(DeliveryDocument.of(delivery));
        return new DocumentWrite(names.ofDelivery(delivery), delivery.key(), delivery.settledAtMillis(), json);
    }
}
