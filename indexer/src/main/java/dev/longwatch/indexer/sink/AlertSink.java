// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.sink;

import dev.longwatch.indexer.alert.Alert;
import dev.longwatch.indexer.client.ElasticsearchAddress;
import dev.longwatch.indexer.schema.AlertDocument;
import dev.longwatch.indexer.schema.IndexNames;

/** Keeps every change of an alert under its event's id. What it promises: see the package. */
public final class AlertSink extends DocumentSink<Alert> {

    private static final long serialVersionUID = 1L;

    /** @param replicas copies of each new index besides the first */
    public AlertSink(ElasticsearchAddress address, IndexNames names, int replicas) {
        super(names, AlertSink::write, restored -> ElasticsearchBulk.open(address, names, replicas, restored));
    }

    private static DocumentWrite write(Alert alert, IndexNames names) {
        String json = DocumentWrite.json(AlertDocument.of(alert));
        return new DocumentWrite(names.ofAlert(alert), alert.id(), alert.version(), json);
    }
}
