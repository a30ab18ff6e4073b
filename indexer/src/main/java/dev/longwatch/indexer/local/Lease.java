// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.local;

import dev.longwatch.indexer.client.ElasticsearchAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A claim on the running server: it stays up as long as one is held. A process that dies gives its leases back; closing
 * twice is harmless.
 */
public final class Lease implements AutoCloseable {

    private final RunningServer server;
    private final Path file;
    private final OsLock lock;

    Lease(RunningServer server, Path file, OsLock lock) {
        this.server = server;
        this.file = file;
        this.lock = lock;
    }

    public ElasticsearchAddress address() {
        return server.address();
    }

    public RunningServer server() {
        return server;
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            lock.close();
        }
    }
}
