// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.sink;

import dev.longwatch.indexer.client.ElasticsearchAddress;
import dev.longwatch.indexer.embed.MiniLm;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.indexer.schema.EventDocument;
import dev.longwatch.indexer.schema.IndexNames;

/** Where the watch job ends: {@code events.sinkTo(new EventSink(address, names))}. What it promises: see the package. */
public final class EventSink extends DocumentSink<VideoEvent> {

    private static final long serialVersionUID = 1L;

    /** With no replicas, as on one machine. */
    public EventSink(ElasticsearchAddress address, IndexNames names) {
        this(address, names, 0);
    }

    /** @param replicas copies of each new index besides the first */
    public EventSink(ElasticsearchAddress address, IndexNames names, int replicas) {
        super(
                names,
                EventSink::write,
                restored -> WordingBulk.open(address, names, replicas, restored, MiniLm.shared()));
    }

    private static DocumentWrite write(VideoEvent event, IndexNames names) {
        String json = DocumentWrite.json(EventDocument.of(event));
        return new DocumentWrite(names.ofEvent(event), event.id(), event.version(), json);
    }
}
