// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.sink;

import dev.longwatch.indexer.schema.IndexNames;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.base.sink.writer.AsyncSinkWriter;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.connector.base.sink.writer.DequeRequestBuffer;
import org.apache.flink.connector.base.sink.writer.ElementConverter;
import org.apache.flink.connector.base.sink.writer.ResultHandler;
import org.apache.flink.connector.base.sink.writer.SimpleBatchCreator;
import org.apache.flink.connector.base.sink.writer.config.AsyncSinkWriterConfiguration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends batches and acts on each outcome. What is refused goes back into the buffer as a write to the index of refused
 * documents, so that keeping it is as reliable as keeping any.
 *
 * <p>Counted in the metric group {@code sink}: documents {@code stored}, documents kept as {@code refused}, writes {@code
 * retried}, and {@code lost}, which stays zero.
 */
final class DocumentWriter<T> extends AsyncSinkWriter<T, DocumentWrite> {

    private static final Logger LOG = LoggerFactory.getLogger(DocumentWriter.class);

    private final BulkTransport transport;
    private final IndexNames names;
    private final Pause pause = new Pause();
    private final Counter stored;
    private final Counter retried;
    private final Counter refused;
    private final Counter lost;

    DocumentWriter(
            ElementConverter<T, DocumentWrite> converter,
            WriterInitContext context,
            AsyncSinkWriterConfiguration configuration,
            Collection<BufferedRequestState<DocumentWrite>> buffered,
            BulkTransport transport,
            IndexNames names) {
        super(
                converter,
                context,
                configuration,
                buffered,
                new SimpleBatchCreator<>(configuration.getMaxBatchSizeInBytes()),
                new DequeRequestBuffer<>());
        this.transport = transport;
        this.names = names;
        MetricGroup group = context.metricGroup().addGroup("sink");
        this.stored = group.counter("stored", new ThreadSafeSimpleCounter());
        this.retried = group.counter("retried", new ThreadSafeSimpleCounter());
        this.refused = group.counter("refused", new ThreadSafeSimpleCounter());
        this.lost = group.counter("lost", new ThreadSafeSimpleCounter());
    }

    @Override
    protected void submitRequestEntries(List<DocumentWrite> writes, ResultHandler<DocumentWrite> result) {
        // no more than one request is on its way, so the pause has one user at a time
        CompletableFuture<Void> done = transport.send(writes).thenAccept(outcomes -> act(writes, outcomes, result));
        done.exceptionally(thrown -> {
            result.completeExceptionally(new IllegalStateException("the sink cannot go on", thrown));
            return null;
        });
    }

    @Override
    protected long getSizeInBytes(DocumentWrite write) {
        return write.bytes();
    }

    @Override
    public void close() {
        super.close();
        transport.close();
    }

    private void act(List<DocumentWrite> writes, List<BulkOutcome> outcomes, ResultHandler<DocumentWrite> result) {
        List<DocumentWrite> again = new ArrayList<>();
        List<DocumentWrite> aside = new ArrayList<>();
        BulkOutcome obstacle = null;
        for (int i = 0; i < writes.size(); i++) {
            BulkOutcome outcome = outcomes.get(i);
            switch (outcome.kind()) {
                case STORED -> (isRefusal(writes.get(i)) ? refused : stored).inc();
                case RETRY -> {
                    obstacle = outcome;
                    again.add(writes.get(i));
                }
                case REFUSED -> putAside(writes.get(i), outcome, aside);
            }
        }
        again.addAll(aside);
        if (again.isEmpty()) {
            pause.afterSuccess();
            result.complete();
        } else if (obstacle == null) {
            pause.afterSuccess();
            result.retryForEntries(again);
        } else {
            retryLater(again, obstacle, result);
        }
    }

    private void retryLater(List<DocumentWrite> writes, BulkOutcome obstacle, ResultHandler<DocumentWrite> result) {
        long millis = pause.afterFailure();
        retried.inc(writes.size());
        LOG.warn("{} documents wait {} ms to be written again: {}", writes.size(), millis, obstacle.cause());
        Executor later = CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS);
        later.execute(() -> {
            try {
                result.retryForEntries(writes);
            } catch (RejectedExecutionException taskHasEnded) {
                LOG.info(
                        "{} documents wait no longer, since the task has ended; a restored one has them",
                        writes.size());
            }
        });
    }

    private void putAside(DocumentWrite write, BulkOutcome outcome, List<DocumentWrite> aside) {
        if (isRefusal(write)) {
            lost.inc();
            LOG.error("a refused document cannot even be kept as such and is lost: {}: {}", outcome, write.json());
            return;
        }
        LOG.warn("document {} is refused and kept in {}: {}", write.id(), names.refused(), outcome.cause());
        aside.add(RefusedDocument.write(write, outcome, names, Instant.now()));
    }

    private boolean isRefusal(DocumentWrite write) {
        return write.index().equals(names.refused());
    }
}
