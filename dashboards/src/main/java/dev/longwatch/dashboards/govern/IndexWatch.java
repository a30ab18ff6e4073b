// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.govern;

import dev.longwatch.dashboards.local.KeptIndex;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.indexer.local.ServerException;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.schema.Schema;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Looks every two seconds what the index keeps, on a thread of its own, so that an Elasticsearch that hangs holds up nothing
 * else. One that is gone is said once and waited for; the one on this machine is started again.
 */
public final class IndexWatch implements AutoCloseable {

    private static final Duration PERIOD = Duration.ofSeconds(2);
    /** The keeper starts a server that died again by itself, in less. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final KeptIndex index;
    private final IndexNames names;
    private final Consumer<String> say;
    private final Runnable moved;
    private final CountDownLatch leaving = new CountDownLatch(1);
    private final Thread thread = new Thread(this::watch, "longwatch-index");

    private volatile Kept latest = Kept.NOTHING;
    private Elasticsearch elasticsearch;
    private long goneSinceNanos;
    private int failures;

    private IndexWatch(KeptIndex index, IndexNames names, Consumer<String> say, Runnable moved) {
        this.index = index;
        this.names = names;
        this.say = say;
        this.moved = moved;
        elasticsearch = Elasticsearch.unprobed(index.address());
    }

    /**
     * Lays out the indices and looks for the first time. One that does not answer yet is waited for.
     *
     * @param say told when Elasticsearch goes and comes back, on another thread
     * @param moved called when it is at another address, on another thread
     * @throws IndexException when it answers and cannot be used, or waiting was interrupted
     */
    public static IndexWatch begin(KeptIndex index, IndexNames names, Consumer<String> say, Runnable moved) {
        IndexWatch watch = new IndexWatch(index, names, say, moved);
        try {
            watch.first();
        } catch (RuntimeException e) {
            watch.elasticsearch.close();
            throw e;
        }
        watch.thread.start();
        return watch;
    }

    /** What the index kept when it last answered. */
    public Kept latest() {
        return latest;
    }

    private void first() {
        while (true) {
            try {
                elasticsearch.probe();
                new Schema(elasticsearch, names, 0).install();
                latest = Kept.read(elasticsearch, names);
                cameBack();
                return;
            } catch (IndexException e) {
                if (e.reason() != IndexException.Reason.UNREACHABLE || pause()) {
                    throw e;
                }
                went(e);
            }
        }
    }

    private void watch() {
        while (!pause()) {
            try {
                latest = Kept.read(elasticsearch, names);
                cameBack();
            } catch (IndexException e) {
                went(e);
                if (index.isOurs() && System.nanoTime() - goneSinceNanos > PATIENCE.toNanos()) {
                    revive();
                }
            }
        }
    }

    private void went(IndexException e) {
        failures++;
        if (failures == 1) {
            goneSinceNanos = System.nanoTime();
        }
        // a new index is not searchable in its first moment
        if (failures == 2) {
            say.accept(e.getMessage() + "; waiting for it, nothing is lost meanwhile");
        }
    }

    private void cameBack() {
        if (failures > 1) {
            say.accept("Elasticsearch answers again");
        }
        failures = 0;
    }

    private void revive() {
        try {
            if (index.revive()) {
                elasticsearch.close();
                elasticsearch = Elasticsearch.unprobed(index.address());
                moved.run();
            }
        } catch (ServerException e) {
            say.accept(e.getMessage());
        }
        goneSinceNanos = System.nanoTime();
    }

    /** Whether it is time to leave. */
    private boolean pause() {
        try {
            return leaving.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void close() {
        leaving.countDown();
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        elasticsearch.close();
    }
}
