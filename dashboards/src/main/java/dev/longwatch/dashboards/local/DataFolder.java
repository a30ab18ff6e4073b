// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.local;

import dev.longwatch.indexer.local.LocalElasticsearch;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;

/**
 * The plan of an installation's data folder: which file means what. The Elasticsearch on this machine has a folder of its
 * own in it.
 */
public record DataFolder(Path root) {

    /** Logs that nobody has written to for so long are deleted. */
    private static final Duration OLD_LOG = Duration.ofDays(30);

    /** What is left when nothing can be recorded any more. */
    private static final long LEAST_FREE_BYTES = 500L << 20;

    private static final String ADVICE = "choose another with LONGWATCH_DATA or --data";

    /** @param elasticsearch where the Elasticsearch on this machine keeps its data */
    public static DataFolder around(Path elasticsearch) {
        return new DataFolder(elasticsearch.resolveSibling("").toAbsolutePath().normalize());
    }

    /** Of this machine, unless something else is said. */
    public static DataFolder standard() {
        return around(LocalElasticsearch.standardDirectory());
    }

    public Path recordings() {
        return root.resolve("recordings");
    }

    /** Thumbnails and clips of alerts. */
    public Path evidence() {
        return root.resolve("evidence");
    }

    public Path recordState() {
        return root.resolve("state").resolve("record");
    }

    public Path watchState() {
        return root.resolve("state").resolve("watch");
    }

    /** What the jobs follow. */
    public Path watchlist() {
        return root.resolve("watchlist.json");
    }

    /** Addresses of streams with what opens them. */
    public Path secrets() {
        return root.resolve("secrets.json");
    }

    /** How everything is, for other processes to read. */
    public Path status() {
        return root.resolve("status.json");
    }

    public Path logs() {
        return root.resolve("logs");
    }

    /**
     * Where a process that this one starts writes its log.
     *
     * @throws Problem when there is no folder for it
     */
    public Path log(String name) {
        try {
            Files.createDirectories(logs());
            deleteOldLogs();
            return logs().resolve(name + "-" + ProcessHandle.current().pid() + ".log");
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private void deleteOldLogs() throws IOException {
        Instant oldest = Instant.now().minus(OLD_LOG);
        try (DirectoryStream<Path> each = Files.newDirectoryStream(logs(), "*.log*")) {
            for (Path log : each) {
                // another process may be faster
                if (Files.exists(log)
                        && Files.getLastModifiedTime(log).toInstant().isBefore(oldest)) {
                    Files.deleteIfExists(log);
                }
            }
        }
    }

    /** Pictures and clips that were made for the API; all of it can be made again. */
    public Path mediaCache() {
        return root.resolve("api").resolve("media");
    }

    /** Held by the one process that governs the folder. */
    Path upLock() {
        return root.resolve("up.lock");
    }

    /** Held by whoever changes {@link #secrets}. */
    public Path secretsLock() {
        return root.resolve("secrets.lock");
    }

    /**
     * Makes what is missing of it and tries to write in it.
     *
     * @throws Problem when that is not possible, or there is too little room
     */
    public void create() {
        try {
            Files.createDirectories(root);
            for (Path closed : new Path[] {recordings(), recordState().getParent(), recordState(), watchState()}) {
                if (!Files.isDirectory(closed)) {
                    Files.createDirectories(closed);
                    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
                }
            }
            Files.createDirectories(logs());
            Path probe = Files.createTempFile(root, "probe", "");
            Files.writeString(probe, "Longwatch can write here\n");
            Files.delete(probe);
            long free = Files.getFileStore(root).getUsableSpace();
            if (free < LEAST_FREE_BYTES) {
                throw new Problem(
                        ExitCode.DISK,
                        "the disk that holds " + root + " has " + (free >> 20) + " MB left, recording needs at least "
                                + (LEAST_FREE_BYTES >> 20) + " MB; free some or " + ADVICE);
            }
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** The folder cannot be used, in a sentence. */
    Problem unusable(IOException e) {
        boolean full = String.valueOf(e.getMessage()).contains("No space left");
        return new Problem(
                ExitCode.DISK,
                full
                        ? "the disk that holds " + root + " is full; free some or " + ADVICE
                        : "the data folder " + root + " cannot be used (" + e + "); " + ADVICE,
                e);
    }
}
