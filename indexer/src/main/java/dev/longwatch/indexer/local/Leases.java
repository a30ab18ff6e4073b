// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.local;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** The clients of one server: a locked file each. A file nobody locks belongs to a client that died. */
final class Leases {

    private Leases() {}

    /** A file for one more client, not there yet. */
    static Path next(DataDirectory directory) throws IOException {
        Files.createDirectories(directory.leases());
        return directory.leases().resolve(ProcessHandle.current().pid() + "-" + UUID.randomUUID());
    }

    /** For the keeper, which holds no lease itself and may therefore open the files. */
    static boolean anyHeld(DataDirectory directory) throws IOException {
        if (!Files.isDirectory(directory.leases())) {
            return false;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory.leases())) {
            for (Path file : files) {
                if (OsLock.isHeld(file)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The caller holds the start lock and knows that no lease is held. */
    static void clear(DataDirectory directory) throws IOException {
        if (!Files.isDirectory(directory.leases())) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory.leases())) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
    }
}
