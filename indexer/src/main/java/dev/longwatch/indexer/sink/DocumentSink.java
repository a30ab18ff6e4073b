// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.sink;

import dev.longwatch.indexer.schema.IndexNames;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.base.sink.AsyncSinkBase;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.connector.base.sink.writer.config.AsyncSinkWriterConfiguration;
import org.apache.flink.connector.base.sink.writer.strategy.CongestionControlRateLimitingStrategy;
import org.apache.flink.connector.base.sink.writer.strategy.NoOpScalingStrategy;
import org.apache.flink.connector.base.sink.writer.strategy.RateLimitingStrategy;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Keeps values as documents, each under an id of its own. What it promises: see the package.
 *
 * @param <T> the value
 */
abstract class DocumentSink<T> extends AsyncSinkBase<T, DocumentWrite> {

    private static final long serialVersionUID = 1L;

    private static final int BATCH = 500;
    private static final int BUFFER = 10_000;
    private static final long BATCH_BYTES = 4L << 20;
    private static final long WAIT_MILLIS = 250;

    /** One: a second request would reach a server that has just said it cannot keep up. */
    private static final int REQUESTS = 1;

    private final IndexNames names;
    private final BulkTransport.Opener opener;

    DocumentSink(IndexNames names, DocumentConverter.Form<T> form, BulkTransport.Opener opener) {
        super(
                new DocumentConverter<>(form, names),
                BATCH,
                REQUESTS,
                BUFFER,
                BATCH_BYTES,
                WAIT_MILLIS,
                DocumentConverter.LARGEST_BYTES);
        this.names = names;
        this.opener = opener;
    }

    @Override
    public DocumentWriter<T> createWriter(WriterInitContext context) {
        return writer(context, List.of(), false);
    }

    @Override
    public DocumentWriter<T> restoreWriter(
            WriterInitContext context, Collection<BufferedRequestState<DocumentWrite>> buffered) {
        return writer(context, buffered, true);
    }

    @Override
    public SimpleVersionedSerializer<BufferedRequestState<DocumentWrite>> getWriterStateSerializer() {
        return new DocumentWriteSerializer();
    }

    /** Full batches always; how to treat a server in trouble is for {@link Pause} to say. */
    private static RateLimitingStrategy steady() {
        return CongestionControlRateLimitingStrategy.builder()
                .setMaxInFlightRequests(REQUESTS)
                .setInitialMaxInFlightMessages(BATCH)
                .setScalingStrategy(new NoOpScalingStrategy<>())
                .build();
    }

    private DocumentWriter<T> writer(
            WriterInitContext context, Collection<BufferedRequestState<DocumentWrite>> buffered, boolean restored) {
        AsyncSinkWriterConfiguration configuration = AsyncSinkWriterConfiguration.builder()
                .setMaxBatchSize(getMaxBatchSize())
                .setMaxBatchSizeInBytes(getMaxBatchSizeInBytes())
                .setMaxInFlightRequests(getMaxInFlightRequests())
                .setMaxBufferedRequests(getMaxBufferedRequests())
                .setMaxTimeInBufferMS(getMaxTimeInBufferMS())
                .setMaxRecordSizeInBytes(getMaxRecordSizeInBytes())
                .setRateLimitingStrategy(steady())
                .build();
        return new DocumentWriter<>(
                getElementConverter(), context, configuration, buffered, opener.open(restored), names);
    }
}
