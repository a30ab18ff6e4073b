// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.follow;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longwatch.indexer.watchlist.Watchlist;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import org.apache.flink.core.fs.Path;

/**
 * Where whoever governs an installation keeps the watchlist. It is replaced as a whole, never written over.
 *
 * @param path a path, or a URI of one of Flink's file systems
 */
public record WatchlistFile(String path) implements Serializable {

    private static final long serialVersionUID = 1L;

    /** How often it is looked at. */
    static final long EVERY_MILLIS = 1_000;

    /** @throws IOException when it cannot be read or is no watchlist; the message holds no secret */
    public Watchlist read() throws IOException {
        Path file = new Path(path);
        try (InputStream in = file.getFileSystem().open(file)) {
            return Watchlist.parse(new String(in.readAllBytes(), UTF_8));
        } catch (IllegalArgumentException e) {
            throw new IOException(path + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new IOException("the watchlist " + path + " cannot be read: " + e.getMessage(), e);
        }
    }
}
