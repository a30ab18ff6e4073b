// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.client;

import co.elastic.clients.elasticsearch.core.BulkResponse;
import co.elastic.clients.elasticsearch.core.bulk.BulkOperation;
import co.elastic.clients.elasticsearch.core.bulk.BulkResponseItem;
import co.elastic.clients.elasticsearch.core.search.Hit;
import dev.longwatch.indexer.client.IndexException.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Many operations at once, all of which are to be done when it returns. What the server cannot do now, since it has too much
 * to do, is tried again for about half a minute. For deletions and copies; events take the way of the sink.
 */
public final class Bulk {

    private static final int ATTEMPTS = 8;
    private static final long FIRST_PAUSE_MILLIS = 200;

    private final Elasticsearch elasticsearch;

    public Bulk(Elasticsearch elasticsearch) {
        this.elasticsearch = elasticsearch;
    }

    /** Deletes what was found; what has gone meanwhile is no error. */
    public void delete(List<? extends Hit<?>> found) throws IOException {
        run(found.stream()
                .map(hit -> BulkOperation.of(operation ->
                        operation.delete(delete -> delete.index(hit.index()).id(hit.id()))))
                .toList());
    }

    /**
     * Does all of it. A document that is there in a newer version counts as written.
     *
     * @throws IndexException naming the first document of which the server will have nothing
     */
    public void run(List<BulkOperation> operations) throws IOException {
        List<BulkOperation> left = operations;
        long pause = FIRST_PAUSE_MILLIS;
        for (int attempt = 1; !left.isEmpty(); attempt++) {
            left = undone(left, attempt == ATTEMPTS);
            if (!left.isEmpty()) {
                rest(pause);
                pause *= 2;
            }
        }
    }

    private List<BulkOperation> undone(List<BulkOperation> operations, boolean last) throws IOException {
        BulkResponse response = elasticsearch.client().bulk(bulk -> bulk.operations(operations));
        List<BulkOperation> undone = new ArrayList<>();
        for (int i = 0; i < operations.size(); i++) {
            BulkResponseItem item = response.items().get(i);
            boolean passing = item.status() == 429 || item.status() >= 500;
            if (item.error() == null || item.status() == 404 || item.status() == 409) {
                continue;
            }
            if (!passing || last) {
                throw new IndexException(
                        Reason.FAILED,
                        "document " + item.id() + " of " + item.index() + " cannot be written or deleted: "
                                + item.error().reason());
            }
            undone.add(operations.get(i));
        }
        return undone;
    }

    private static void rest(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IndexException(Reason.FAILED, "interrupted while Elasticsearch had too much to do", e);
        }
    }
}
