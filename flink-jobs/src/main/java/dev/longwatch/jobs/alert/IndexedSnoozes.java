// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.alert;

import dev.longwatch.indexer.alert.Snooze;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.client.ElasticsearchAddress;
import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.search.AlertDesk;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Snoozes as people enter them at the alert desk, known a few seconds later. Looked up on a thread of its own; while
 * Elasticsearch is away the last ones known go on.
 */
public final class IndexedSnoozes implements Snoozes {

    private static final Logger LOG = LoggerFactory.getLogger(IndexedSnoozes.class);

    private static final long EVERY_MILLIS = 5_000;

    private final Elasticsearch elasticsearch;
    private final AlertDesk desk;
    private final Thread thread = new Thread(this::keepLookingUp, "snoozes");
    private volatile List<Snooze> known = List.of();

    private IndexedSnoozes(Elasticsearch elasticsearch, IndexNames names) {
        this.elasticsearch = elasticsearch;
        this.desk = new AlertDesk(elasticsearch, names);
    }

    public static Snoozes.Opener at(ElasticsearchAddress address, IndexNames names) {
        return () -> {
            IndexedSnoozes snoozes = new IndexedSnoozes(Elasticsearch.unprobed(address), names);
            snoozes.lookUp();
            snoozes.thread.setDaemon(true);
            snoozes.thread.start();
            return snoozes;
        };
    }

    @Override
    public Optional<Snooze> covering(String stream, String rule, long nowMillis) {
        return known.stream()
                .filter(snooze -> snooze.covers(stream, rule, nowMillis))
                .findFirst();
    }

    @Override
    public void close() {
        thread.interrupt();
        elasticsearch.close();
    }

    private void keepLookingUp() {
        try {
            while (true) {
                Thread.sleep(EVERY_MILLIS);
                lookUp();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void lookUp() {
        try {
            known = desk.snoozes(System.currentTimeMillis());
        } catch (IndexException e) {
            LOG.warn("snoozes stay as they were: {}", e.getMessage());
        } catch (RuntimeException e) {
            // a look-up that throws would be the last one
            LOG.warn("snoozes stay as they were", e);
        }
    }
}
