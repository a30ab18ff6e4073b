// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.follow;

import dev.longwatch.indexer.watchlist.Watchlist;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The watchlist as it is now, read on a thread of its own. While it cannot be read the last one goes on. */
public final class Followed implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Followed.class);

    private final WatchlistFile file;
    private final Thread thread = new Thread(this::keepReading, "watchlist");
    private volatile @Nullable Watchlist known;
    private String problem = "";

    public Followed(WatchlistFile file) {
        this.file = file;
        refresh();
        thread.setDaemon(true);
        thread.start();
    }

    /** At most a second old; null while it could not be read. */
    public @Nullable Watchlist known() {
        return known;
    }

    /** Reads it now. */
    public synchronized @Nullable Watchlist refresh() {
        try {
            Watchlist read = file.read();
            Watchlist before = known;
            if (before == null || read.version() > before.version()) {
                known = read;
            }
            problem = "";
        } catch (IOException e) {
            String words = String.valueOf(e.getMessage());
            if (!words.equals(problem)) {
                LOG.warn("{}; the last one goes on", words);
                problem = words;
            }
        }
        return known;
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void keepReading() {
        try {
            while (true) {
                Thread.sleep(WatchlistFile.EVERY_MILLIS);
                refresh();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
