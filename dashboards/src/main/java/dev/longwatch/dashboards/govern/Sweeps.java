// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.govern;

import dev.longwatch.dashboards.local.Problem;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.client.ElasticsearchAddress;
import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.indexer.keep.Pictures;
import dev.longwatch.indexer.keep.Retention;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.watchlist.WatchedStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Deletes what is older than its stream's figure, once when it begins and then again and again, on a thread of its own. What
 * fails is said once and tried again the next time.
 */
public final class Sweeps implements AutoCloseable {

    /** How often. */
    public static final Duration HOURLY = Duration.ofHours(1);

    private final Supplier<ElasticsearchAddress> address;
    private final IndexNames names;
    private final Supplier<Pictures> pictures;
    private final Supplier<List<WatchedStream>> streams;
    private final Consumer<String> say;
    private final CountDownLatch leaving = new CountDownLatch(1);
    private final Thread thread;
    private String said = "";

    private Sweeps(
            Supplier<ElasticsearchAddress> address,
            IndexNames names,
            Supplier<Pictures> pictures,
            Supplier<List<WatchedStream>> streams,
            Consumer<String> say,
            Duration period) {
        this.address = address;
        this.names = names;
        this.pictures = pictures;
        this.streams = streams;
        this.say = say;
        thread = new Thread(() -> run(period), "longwatch-retention");
    }

    /**
     * Begins.
     *
     * @param address of the Elasticsearch, as it is then; its indices are laid out
     * @param pictures asked for once a sweep
     * @param streams with their figures, as they are then
     * @param say told what fails, on another thread
     * @param period from the end of a sweep to the next
     */
    public static Sweeps begin(
            Supplier<ElasticsearchAddress> address,
            IndexNames names,
            Supplier<Pictures> pictures,
            Supplier<List<WatchedStream>> streams,
            Consumer<String> say,
            Duration period) {
        Sweeps sweeps = new Sweeps(address, names, pictures, streams, say, period);
        sweeps.thread.start();
        return sweeps;
    }

    private void run(Duration period) {
        try {
            do {
                sweep();
            } while (!leaving.await(period.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sweep() {
        Map<String, Long> figures = new LinkedHashMap<>();
        streams.get().stream()
                .filter(stream -> stream.retentionMillis() != WatchedStream.FOREVER)
                .forEach(stream -> figures.put(stream.name(), stream.retentionMillis()));
        if (figures.isEmpty()) {
            return;
        }
        try (Elasticsearch elasticsearch = Elasticsearch.unprobed(address.get())) {
            new Retention(elasticsearch, names, pictures.get()).sweep(figures, System.currentTimeMillis());
            said = "";
        } catch (IndexException | Problem e) {
            sayOnce("what is too old could not be deleted: " + e.getMessage() + "; it is tried again");
        }
    }

    private void sayOnce(String sentence) {
        if (!sentence.equals(said) && leaving.getCount() > 0) {
            said = sentence;
            say.accept(sentence);
        }
    }

    /** A sweep that is under way ends where it is: the next one finds what is left. */
    @Override
    public void close() {
        leaving.countDown();
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
