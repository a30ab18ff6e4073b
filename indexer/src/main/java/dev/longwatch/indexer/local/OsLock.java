// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An exclusive lock of the operating system on a file, gone with its process however that ends.
 *
 * <p>On Linux a process loses its lock on a file when it closes any channel to that file, so no process may open a file
 * that it has locked already.
 */
public final class OsLock implements AutoCloseable {

    private final FileChannel channel;

    private OsLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @return the lock, or nothing while another process or thread holds it */
    public static Optional<OsLock> tryLock(Path file) throws IOException {
        return tryLock(FileChannel.open(file, CREATE, WRITE));
    }

    private static Optional<OsLock> tryLock(FileChannel channel) throws IOException {
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException held) {
            // held inside this process
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
        return lock == null ? Optional.empty() : Optional.of(new OsLock(channel));
    }

    /** Whether somebody else holds the lock; a file that is not there is not held. */
    public static boolean isHeld(Path file) throws IOException {
        try {
            Optional<OsLock> lock = tryLock(FileChannel.open(file, WRITE));
            lock.ifPresent(OsLock::close);
            return lock.isEmpty();
        } catch (NoSuchFileException free) {
            return false;
        }
    }

    /** Leaves words in the locked file for others to read; only information, the lock is what counts. */
    public void write(String words) throws IOException {
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(words.getBytes(UTF_8)), 0);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
