// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.local;

import dev.longwatch.indexer.local.OsLock;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;

/** Who governs a data folder: one process at a time, until it ends, however that happens. */
public final class UpLock implements AutoCloseable {

    private static final int TRIES = 10;
    private static final long PAUSE_MILLIS = 100;

    private final OsLock lock;

    private UpLock(OsLock lock) {
        this.lock = lock;
    }

    /** @throws Problem when another process governs it, naming that one */
    public static UpLock take(DataFolder folder) {
        try {
            // others look at the lock for an instant to see whether somebody governs
            for (int i = 0; i < TRIES; i++) {
                Optional<OsLock> lock = OsLock.tryLock(folder.upLock());
                if (lock.isPresent()) {
                    lock.get().write(Long.toString(ProcessHandle.current().pid()));
                    return new UpLock(lock.get());
                }
                Thread.sleep(PAUSE_MILLIS);
            }
            throw new Problem(
                    ExitCode.DISK,
                    "longwatch up runs already on " + folder.root() + " (process " + holder(folder)
                            + "); stop it first, or choose another folder with --data");
        } catch (IOException e) {
            throw folder.unusable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(ExitCode.INTERRUPTED, "stopped while starting", e);
        }
    }

    /** Whether some other process governs the folder now. */
    public static boolean isHeld(DataFolder folder) {
        try {
            return OsLock.isHeld(folder.upLock());
        } catch (IOException e) {
            throw folder.unusable(e);
        }
    }

    /** The process that governs it, or did last. */
    public static String holder(DataFolder folder) {
        try {
            return Files.readString(folder.upLock()).strip();
        } catch (IOException e) {
            throw folder.unusable(e);
        }
    }

    @Override
    public void close() {
        lock.close();
    }
}
