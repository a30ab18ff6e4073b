// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.local;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Which server to run and how.
 *
 * @param dataDirectory everything the server keeps; one server per directory
 * @param archive the distribution, {@code elasticsearch-VERSION.zip}; read only when that version is not unpacked yet
 * @param heapMegabytes the server's Java heap
 * @param linger how long the server outlives its last lease; zero stops it at once. The client that starts the server
 *     decides
 * @param quick start in a third of the time and half the memory (serial collector, first compiler only), at the cost of
 *     slower searches over many events
 * @param javaHome the Java that runs it, 17 or newer
 * @param diskSpace how room is measured
 */
public record ServerSettings(
        Path dataDirectory,
        Path archive,
        int heapMegabytes,
        Duration linger,
        boolean quick,
        Path javaHome,
        DiskSpace diskSpace) {

    public static final int HEAP_MEGABYTES = 512;
    public static final Duration LINGER = Duration.ofMinutes(10);

    public ServerSettings {
        if (heapMegabytes < 128) {
            throw new IllegalArgumentException(
                    "expected a heap of at least 128 MB for Elasticsearch, found " + heapMegabytes);
        }
        if (linger.isNegative()) {
            throw new IllegalArgumentException("expected a linger of zero or more, found " + linger);
        }
        dataDirectory = dataDirectory.toAbsolutePath().normalize();
        archive = archive.toAbsolutePath().normalize();
    }

    /** The usual settings: 512 MB, ten minutes, quick, this process's own Java. */
    public static ServerSettings of(Path dataDirectory, Path archive) {
        Path java = Path.of(System.getProperty("java.home"));
        return new ServerSettings(dataDirectory, archive, HEAP_MEGABYTES, LINGER, true, java, DiskSpace.REAL);
    }

    public ServerSettings withHeapMegabytes(int megabytes) {
        return new ServerSettings(dataDirectory, archive, megabytes, linger, quick, javaHome, diskSpace);
    }

    public ServerSettings withLinger(Duration duration) {
        return new ServerSettings(dataDirectory, archive, heapMegabytes, duration, quick, javaHome, diskSpace);
    }

    public ServerSettings withQuick(boolean on) {
        return new ServerSettings(dataDirectory, archive, heapMegabytes, linger, on, javaHome, diskSpace);
    }

    public ServerSettings withJavaHome(Path home) {
        return new ServerSettings(dataDirectory, archive, heapMegabytes, linger, quick, home, diskSpace);
    }

    public ServerSettings withDiskSpace(DiskSpace space) {
        return new ServerSettings(dataDirectory, archive, heapMegabytes, linger, quick, javaHome, space);
    }

    /** The unpacked distribution's folder, such as {@code elasticsearch-8.19.21}. */
    String distribution() {
        String name = archive.getFileName().toString();
        return name.endsWith(".zip") ? name.substring(0, name.length() - ".zip".length()) : name;
    }
}
