// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.sink;

import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.indexer.schema.IndexNames;
import java.time.Instant;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.connector.base.sink.writer.ElementConverter;

/** An event as a write. One that is larger than a request may be is put aside here, since the base class would throw. */
record EventConverter(IndexNames names) implements ElementConverter<VideoEvent, EventWrite> {

    static final int LARGEST_BYTES = 1 << 20;

    private static final long serialVersionUID = 1L;

    @Override
    public EventWrite apply(VideoEvent event, SinkWriter.Context context) {
        EventWrite write = EventWrite.of(event, names);
        int bytes = write.bytes();
        if (bytes <= LARGEST_BYTES) {
            return write;
        }
        BulkOutcome tooLarge = new BulkOutcome(
                BulkOutcome.Kind.REFUSED, 413, "an event of " + bytes + " bytes, expected at most " + LARGEST_BYTES);
        return RefusedDocument.write(write, tooLarge, names, Instant.now());
    }
}
