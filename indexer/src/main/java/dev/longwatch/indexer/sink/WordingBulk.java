// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.sink;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.client.ElasticsearchAddress;
import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.indexer.client.IndexException.Reason;
import dev.longwatch.indexer.embed.Embedder;
import dev.longwatch.indexer.event.Wording;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.wording.CatchUp;
import dev.longwatch.indexer.wording.Wordings;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what the events of a batch say before the events themselves: an event that is there can be found. While the
 * wordings cannot be written the batch is not either, and is tried again.
 */
final class WordingBulk implements BulkTransport {

    private static final Logger LOG = LoggerFactory.getLogger(WordingBulk.class);

    private final BulkTransport events;
    private final Elasticsearch elasticsearch;
    private final Wordings wordings;
    private final IndexNames names;

    /** A thread of its own: the client's have other answers to wait for, and the task's would hold up a checkpoint. */
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread created = new Thread(work, "longwatch-wordings");
        created.setDaemon(true);
        return created;
    });

    private WordingBulk(BulkTransport events, Elasticsearch elasticsearch, IndexNames names, Embedder embedder) {
        this.events = events;
        this.elasticsearch = elasticsearch;
        this.names = names;
        this.wordings = new Wordings(elasticsearch, names, embedder);
    }

    /** Catches up with what an older Longwatch has left, which takes seconds once. */
    static WordingBulk open(
            ElasticsearchAddress address, IndexNames names, int replicas, boolean restored, Embedder embedder) {
        BulkTransport events = ElasticsearchBulk.open(address, names, replicas, restored);
        Elasticsearch elasticsearch = Elasticsearch.unprobed(address);
        try {
            new CatchUp(elasticsearch, names, embedder).run();
        } catch (IndexException e) {
            if (!restored || e.reason() != Reason.UNREACHABLE) {
                elasticsearch.close();
                events.close();
                throw e;
            }
            LOG.warn("{}; what an older version has kept waits until the next start", e.getMessage());
        }
        return new WordingBulk(events, elasticsearch, names, embedder);
    }

    @Override
    public CompletableFuture<List<BulkOutcome>> send(List<DocumentWrite> writes) {
        Set<Wording> said = writes.stream()
                .filter(write -> !write.index().equals(names.refused()))
                .map(write -> new Wording(write.field("rule"), write.field("text")))
                .collect(Collectors.toSet());
        return CompletableFuture.supplyAsync(() -> obstacle(said), thread)
                .thenCompose(obstacle -> obstacle.isEmpty()
                        ? events.send(writes)
                        : CompletableFuture.completedFuture(
                                Collections.nCopies(writes.size(), BulkOutcome.unanswered(obstacle))));
    }

    @Override
    public void close() {
        thread.shutdownNow();
        events.close();
        elasticsearch.close();
    }

    /** @return why the wordings cannot be written now; empty when they are */
    private String obstacle(Set<Wording> said) {
        try {
            wordings.ensure(said);
            return "";
        } catch (IOException | ElasticsearchException e) {
            return String.valueOf(elasticsearch.explain(e).getMessage());
        }
    }
}
