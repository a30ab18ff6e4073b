// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs;

import java.io.DataInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a job that is started again finds what it knew: {@code checkpoints/JOB/chk-N} while it runs and {@code
 * savepoints/savepoint-X} when it was stopped in order, each complete once its {@code _metadata} is there. What is older is
 * deleted when something newer is complete, not before.
 */
final class StateFolder {

    private static final Logger LOG = LoggerFactory.getLogger(StateFolder.class);

    private static final String METADATA = "_metadata";

    private final String path;
    private final Path checkpoints;
    private final Path savepoints;

    /**
     * @param path a path, or a URI of one of Flink's file systems
     * @throws UnusableStateException when there is no such file system
     */
    StateFolder(String path) {
        this.path = path;
        try {
            // where state is kept Flink takes URIs only
            Path folder = new Path(path).makeQualified(new Path(path).getFileSystem());
            checkpoints = new Path(folder, "checkpoints");
            savepoints = new Path(folder, "savepoints");
        } catch (IOException e) {
            throw new UnusableStateException("the state folder " + path + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** The state cannot be used; the message names the folder and says what can be done. */
    static final class UnusableStateException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UnusableStateException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** A complete one. */
    private record Snapshot(Path path, long completedAtMillis) {}

    /** Where a stopped job leaves its state. */
    String savepoints() {
        return savepoints.toString();
    }

    /**
     * The newest that is complete; nothing when there is none.
     *
     * @throws UnusableStateException when the folder cannot be read, or what is newest in it cannot
     */
    Optional<String> newest() {
        try {
            Optional<Snapshot> newest = snapshots().stream().max(Comparator.comparingLong(Snapshot::completedAtMillis));
            if (newest.isPresent()) {
                check(newest.get().path());
            }
            return newest.map(snapshot -> snapshot.path().toString());
        } catch (IOException e) {
            throw new UnusableStateException(
                    "the state folder " + path + " cannot be read: " + e.getMessage()
                            + "; make it readable, or begin with another one",
                    e);
        }
    }

    private void check(Path snapshot) {
        Path metadata = new Path(snapshot, METADATA);
        try (DataInputStream in = new DataInputStream(metadata.getFileSystem().open(metadata))) {
            Checkpoints.loadCheckpointMetadata(in, StateFolder.class.getClassLoader(), metadata.toString());
        } catch (IOException | RuntimeException e) {
            throw cannotBeRestored(snapshot.toString(), e);
        }
    }

    /** @param snapshot that a job was to go on from */
    UnusableStateException cannotBeRestored(String snapshot, Throwable cause) {
        return new UnusableStateException(
                "the state in " + path + " cannot be restored: " + snapshot + ": " + cause.getMessage()
                        + "; move it away to go on from what is older in the folder, or from now if nothing is",
                cause);
    }

    /** What Flink is to know of the folder, and where it goes on. */
    void configure(Configuration flink, Optional<String> restored) {
        flink.setString("execution.checkpointing.dir", checkpoints.toString());
        flink.setString("execution.checkpointing.storage", "filesystem");
        flink.setString("execution.checkpointing.savepoint-dir", savepoints.toString());
        flink.setString("execution.checkpointing.externalized-checkpoint-retention", "RETAIN_ON_CANCELLATION");
        restored.ifPresent(snapshot -> flink.setString("execution.state-recovery.path", snapshot));
    }

    /** Whether a job has completed a checkpoint. */
    boolean hasCheckpointOf(String job) {
        try {
            return !complete(new Path(checkpoints, job)).isEmpty();
        } catch (IOException e) {
            LOG.warn("the state folder {} cannot be read now: {}", path, e.getMessage());
            return false;
        }
    }

    /** Deletes what older jobs left. Only when {@link #hasCheckpointOf} the job that runs. */
    void keepCheckpointsOf(String job) {
        deleteAllBut(checkpoints, new Path(checkpoints, job));
        deleteAllBut(savepoints, savepoints);
    }

    /** Deletes all but one that is complete. */
    void keepSavepoint(String savepoint) {
        deleteAllBut(savepoints, new Path(savepoint));
        deleteAllBut(checkpoints, checkpoints);
    }

    private void deleteAllBut(Path folder, Path kept) {
        try {
            FileSystem files = folder.getFileSystem();
            for (FileStatus each : list(folder)) {
                if (!each.getPath().getName().equals(kept.getName())) {
                    files.delete(each.getPath(), true);
                }
            }
        } catch (IOException e) {
            LOG.warn("old state in {} cannot be deleted now: {}", folder, e.getMessage());
        }
    }

    private List<Snapshot> snapshots() throws IOException {
        List<Snapshot> all = new ArrayList<>(complete(savepoints));
        for (FileStatus job : list(checkpoints)) {
            all.addAll(complete(job.getPath()));
        }
        return all;
    }

    private static List<Snapshot> complete(Path folder) throws IOException {
        List<Snapshot> complete = new ArrayList<>();
        FileSystem files = folder.getFileSystem();
        for (FileStatus each : list(folder)) {
            try {
                FileStatus metadata = files.getFileStatus(new Path(each.getPath(), METADATA));
                complete.add(new Snapshot(each.getPath(), metadata.getModificationTime()));
            } catch (FileNotFoundException e) {
                // being written, or left by a crash
                continue;
            }
        }
        return complete;
    }

    private static List<FileStatus> list(Path folder) throws IOException {
        try {
            FileStatus[] found = folder.getFileSystem().listStatus(folder);
            return found == null ? List.of() : List.of(found);
        } catch (FileNotFoundException e) {
            return List.of();
        }
    }

    @Override
    public String toString() {
        return path;
    }
}
