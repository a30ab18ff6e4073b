// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.ErrorCause;
import co.elastic.clients.elasticsearch._types.VersionType;
import co.elastic.clients.elasticsearch.core.BulkResponse;
import co.elastic.clients.elasticsearch.core.bulk.BulkOperation;
import co.elastic.clients.elasticsearch.core.bulk.BulkResponseItem;
import co.elastic.clients.util.BinaryData;
import co.elastic.clients.util.ContentType;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.client.ElasticsearchAddress;
import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.indexer.client.IndexException.Reason;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.schema.Schema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code _bulk} of a real server. */
final class ElasticsearchBulk implements BulkTransport {

    private static final Logger LOG = LoggerFactory.getLogger(ElasticsearchBulk.class);

    private static final int REQUEST_TOO_LARGE = 413;
    private static final int LONGEST_REASON = 250;

    private final Elasticsearch elasticsearch;

    private ElasticsearchBulk(Elasticsearch elasticsearch) {
        this.elasticsearch = elasticsearch;
    }

    /**
     * A job that starts is refused at once when the server is not there. One that was restored waits for it: the layout
     * was put in place when the job first started.
     */
    static ElasticsearchBulk open(ElasticsearchAddress address, IndexNames names, int replicas, boolean restored) {
        Elasticsearch elasticsearch = Elasticsearch.unprobed(address);
        try {
            elasticsearch.probe();
            new Schema(elasticsearch, names, replicas).install();
        } catch (IndexException e) {
            if (!restored || e.reason() != Reason.UNREACHABLE) {
                elasticsearch.close();
                throw e;
            }
            LOG.warn("{}; events are kept until it does", e.getMessage());
        }
        return new ElasticsearchBulk(elasticsearch);
    }

    @Override
    public CompletableFuture<List<BulkOutcome>> send(List<DocumentWrite> writes) {
        List<BulkOperation> operations =
                writes.stream().map(ElasticsearchBulk::operation).toList();
        return elasticsearch
                .asyncClient()
                .bulk(request -> request.operations(operations))
                .thenApply(ElasticsearchBulk::outcomes)
                .exceptionallyCompose(thrown -> failed(writes, cause(thrown)));
    }

    @Override
    public void close() {
        elasticsearch.close();
    }

    private static BulkOperation operation(DocumentWrite write) {
        BinaryData json = BinaryData.of(write.json().getBytes(UTF_8), ContentType.APPLICATION_JSON);
        return BulkOperation.of(operation -> operation.index(index -> {
            index.index(write.index()).id(write.id()).document(json);
            return write.version() == DocumentWrite.UNVERSIONED
                    ? index
                    : index.version(write.version()).versionType(VersionType.ExternalGte);
        }));
    }

    private static List<BulkOutcome> outcomes(BulkResponse response) {
        List<BulkOutcome> outcomes = new ArrayList<>();
        for (BulkResponseItem item : response.items()) {
            ErrorCause error = item.error();
            outcomes.add(
                    error == null
                            ? BulkOutcome.of(item.status(), null, null)
                            : BulkOutcome.of(item.status(), error.type(), reason(error)));
        }
        return outcomes;
    }

    /** The request as a whole has failed: for all alike, unless it is one document that spoils it for the others. */
    private CompletableFuture<List<BulkOutcome>> failed(List<DocumentWrite> writes, Throwable thrown) {
        BulkOutcome outcome = outcome(thrown);
        if (outcome.kind() != BulkOutcome.Kind.REFUSED || writes.size() == 1) {
            return CompletableFuture.completedFuture(Collections.nCopies(writes.size(), outcome));
        }
        int half = writes.size() / 2;
        return send(writes.subList(0, half))
                .thenCombine(send(writes.subList(half, writes.size())), ElasticsearchBulk::concatenated);
    }

    private static Throwable cause(Throwable thrown) {
        Throwable inner = thrown instanceof CompletionException ? thrown.getCause() : null;
        return inner == null ? thrown : inner;
    }

    private BulkOutcome outcome(Throwable thrown) {
        if (thrown instanceof ElasticsearchException answered) {
            return BulkOutcome.of(answered.status(), answered.error().type(), reason(answered.error()));
        }
        String words = String.valueOf(elasticsearch.explain(thrown).getMessage());
        // from something on the way, such as a proxy: its other refusals say nothing about the document
        return Elasticsearch.status(thrown) == REQUEST_TOO_LARGE
                ? BulkOutcome.of(REQUEST_TOO_LARGE, "request_too_large", words)
                : BulkOutcome.unanswered(words);
    }

    /** Two causes deep, since the inner one tells more; cut, since they may quote the whole document. */
    private static String reason(ErrorCause error) {
        ErrorCause inner = error.causedBy();
        return cut(error.reason()) + (inner == null ? "" : " (" + cut(inner.reason()) + ")");
    }

    private static String cut(@Nullable String reason) {
        String words = String.valueOf(reason);
        return words.length() <= LONGEST_REASON ? words : words.substring(0, LONGEST_REASON) + "…";
    }

    private static <T> List<T> concatenated(List<T> first, List<T> second) {
        List<T> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
