// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.events;

import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.indexer.search.ChangeLog;
import dev.longwatch.indexer.search.ChangePosition;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks once for all followers how far the index was written, as long as anybody follows. Elasticsearch being away is
 * waited out.
 */
final class News implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(News.class);
    private static final long POLL_MILLIS = 1_000;

    private final ChangeLog log;
    private final Thread thread = new Thread(this::run, "longwatch-news");
    private final Object looking = new Object();
    private ChangePosition end = ChangePosition.START;
    private int followers;
    private boolean closed;

    News(ChangeLog log) {
        this.log = log;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Somebody follows from the end as it is now. */
    ChangePosition follow() {
        ChangePosition now = look();
        synchronized (this) {
            followers++;
            notifyAll();
        }
        return now;
    }

    synchronized void unfollow() {
        followers--;
    }

    /** Waits until more was written than somebody has read, or the time is over; says how far it was written. */
    synchronized ChangePosition await(ChangePosition read, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!closed && end.equals(read)) {
            long millis = (deadline - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                break;
            }
            wait(millis);
        }
        return end;
    }

    /** Before something that has failed is tried again. */
    void rest() throws InterruptedException {
        Thread.sleep(POLL_MILLIS);
    }

    synchronized boolean isClosed() {
        return closed;
    }

    private void run() {
        try {
            boolean answered = true;
            while (awaitFollowers()) {
                try {
                    look();
                    answered = true;
                } catch (IndexException e) {
                    if (answered) {
                        LOG.warn("news have to wait: {}", e.getMessage());
                    }
                    answered = false;
                }
                Thread.sleep(POLL_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean awaitFollowers() throws InterruptedException {
        while (!closed && followers == 0) {
            wait();
        }
        return !closed;
    }

    /** One after the other, so that the end never goes back. */
    private ChangePosition look() {
        synchronized (looking) {
            ChangePosition now = log.end();
            synchronized (this) {
                end = now;
                notifyAll();
            }
            return now;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        thread.interrupt();
        notifyAll();
    }
}
