// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much room is left; an interface so that a full disk can be tried without filling one. */
@FunctionalInterface
public interface DiskSpace {

    DiskSpace REAL = directory -> Files.getFileStore(directory).getUsableSpace();

    /** @return bytes this user may still write to the disk that holds {@code directory} */
    long usableBytes(Path directory) throws IOException;
}
