// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.sink;

import dev.longwatch.indexer.schema.IndexNames;
import java.io.Serializable;
import java.time.Instant;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.connector.base.sink.writer.ElementConverter;

/**
 * A value as a write. One that is larger than a request may be is put aside here, since the base class would throw.
 *
 * @param <T> the value
 * @param form how it is written
 * @param names where to
 */
record DocumentConverter<T>(Form<T> form, IndexNames names) implements ElementConverter<T, DocumentWrite> {

    static final int LARGEST_BYTES = 1 << 20;

    private static final long serialVersionUID = 1L;

    /** Says where a value is written, under which id and version, and how. */
    interface Form<T> extends Serializable {

        DocumentWrite write(T value, IndexNames names);
    }

    @Override
    public DocumentWrite apply(T value, SinkWriter.Context context) {
        DocumentWrite write = form.write(value, names);
        int bytes = write.bytes();
        if (bytes <= LARGEST_BYTES) {
            return write;
        }
        BulkOutcome tooLarge = new BulkOutcome(
                BulkOutcome.Kind.REFUSED, 413, "a document of " + bytes + " bytes, expected at most " + LARGEST_BYTES);
        return RefusedDocument.write(write, tooLarge, names, Instant.now());
    }
}
