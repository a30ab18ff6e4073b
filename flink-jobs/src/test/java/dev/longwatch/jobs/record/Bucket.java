// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.flink.core.fs.BlockLocation;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystemFactory;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.RecoverableFsDataOutputStream;
import org.apache.flink.core.fs.RecoverableWriter;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * What Flink sees of an object store, {@code bucket://NAME/...}: objects with names that hold slashes and no folders, written
 * whole and seen when they are, never added to, never renamed.
 */
public final class Bucket extends FileSystem {

    private static final Map<String, byte[]> OBJECTS = new ConcurrentSkipListMap<>();

    private final URI uri;

    private Bucket(URI uri) {
        this.uri = uri;
    }

    /** Found by Flink's service loader. */
    public static final class Factory implements FileSystemFactory {

        @Override
        public String getScheme() {
            return "bucket";
        }

        @Override
        public FileSystem create(URI uri) {
            return new Bucket(uri);
        }
    }

    @Override
    public boolean isDistributedFS() {
        return true;
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
        byte[] object = OBJECTS.get(path.toString());
        if (object != null) {
            return new Status(path, object.length, false);
        }
        if (OBJECTS.keySet().stream().noneMatch(name -> name.startsWith(path + "/"))) {
            throw new FileNotFoundException(path.toString());
        }
        return new Status(path, 0, true);
    }

    @Override
    public FileStatus[] listStatus(Path path) throws IOException {
        String prefix = path + "/";
        Set<String> names = new LinkedHashSet<>();
        for (String name : OBJECTS.keySet()) {
            if (name.startsWith(prefix)) {
                String rest = name.substring(prefix.length());
                names.add(rest.contains("/") ? rest.substring(0, rest.indexOf('/')) : rest);
            }
        }
        FileStatus[] found = new FileStatus[names.size()];
        int i = 0;
        for (String name : names) {
            found[i++] = getFileStatus(new Path(path, name));
        }
        return found;
    }

    @Override
    public FSDataInputStream open(Path path) throws IOException {
        byte[] object = OBJECTS.get(path.toString());
        if (object == null) {
            throw new FileNotFoundException(path.toString());
        }
        return new In(object);
    }

    @Override
    public FSDataInputStream open(Path path, int bufferSize) throws IOException {
        return open(path);
    }

    @Override
    public boolean delete(Path path, boolean recursive) {
        String name = path.toString();
        return OBJECTS.keySet().removeIf(each -> each.equals(name) || each.startsWith(name + "/"));
    }

    @Override
    public boolean mkdirs(Path path) {
        return true;
    }

    @Override
    public RecoverableWriter createRecoverableWriter() {
        return new Writer();
    }

    @Override
    public FSDataOutputStream create(Path path, WriteMode mode) {
        throw new UnsupportedOperationException("what is not whole would be seen");
    }

    @Override
    public boolean rename(Path from, Path to) {
        throw new UnsupportedOperationException("objects keep their names");
    }

    @Override
    public Path getWorkingDirectory() {
        return new Path(uri);
    }

    @Override
    public Path getHomeDirectory() {
        return new Path(uri);
    }

    @Override
    public URI getUri() {
        return uri;
    }

    @Override
    public BlockLocation[] getFileBlockLocations(FileStatus file, long start, long length) {
        return new BlockLocation[0];
    }

    private record Status(Path path, long length, boolean folder) implements FileStatus {

        @Override
        public long getLen() {
            return length;
        }

        @Override
        public long getBlockSize() {
            return length;
        }

        @Override
        public short getReplication() {
            return 1;
        }

        @Override
        public long getModificationTime() {
            return 0;
        }

        @Override
        public long getAccessTime() {
            return 0;
        }

        @Override
        public boolean isDir() {
            return folder;
        }

        @Override
        public Path getPath() {
            return path;
        }
    }

    private static final class In extends FSDataInputStream {
        private final byte[] object;
        private int position;

        In(byte[] object) {
            this.object = object;
        }

        @Override
        public void seek(long desired) {
            position = Math.toIntExact(desired);
        }

        @Override
        public long getPos() {
            return position;
        }

        @Override
        public int read() {
            return position < object.length ? object[position++] & 0xff : -1;
        }
    }

    private static final class Out extends RecoverableFsDataOutputStream {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final String name;

        Out(String name) {
            this.name = name;
        }

        @Override
        public Committer closeForCommit() {
            return new Committer() {
                @Override
                public void commit() {
                    OBJECTS.put(name, bytes.toByteArray());
                }

                @Override
                public void commitAfterRecovery() {
                    commit();
                }

                @Override
                public RecoverableWriter.CommitRecoverable getRecoverable() {
                    throw new UnsupportedOperationException("nobody recovers half an object here");
                }
            };
        }

        @Override
        public RecoverableWriter.ResumeRecoverable persist() {
            throw new UnsupportedOperationException("nobody recovers half an object here");
        }

        @Override
        public void write(int one) {
            bytes.write(one);
        }

        @Override
        public long getPos() {
            return bytes.size();
        }

        @Override
        public void flush() {}

        @Override
        public void sync() {}

        @Override
        public void close() {}
    }

    private static final class Writer implements RecoverableWriter {

        @Override
        public RecoverableFsDataOutputStream open(Path path) {
            return new Out(path.toString());
        }

        @Override
        public RecoverableFsDataOutputStream recover(ResumeRecoverable resumable) {
            throw new UnsupportedOperationException("nobody recovers half an object here");
        }

        @Override
        public boolean requiresCleanupOfRecoverableState() {
            return false;
        }

        @Override
        public boolean cleanupRecoverableState(ResumeRecoverable resumable) {
            return false;
        }

        @Override
        public RecoverableFsDataOutputStream.Committer recoverForCommit(CommitRecoverable resumable) {
            throw new UnsupportedOperationException("nobody recovers half an object here");
        }

        @Override
        public SimpleVersionedSerializer<CommitRecoverable> getCommitRecoverableSerializer() {
            throw new UnsupportedOperationException("nobody recovers half an object here");
        }

        @Override
        public SimpleVersionedSerializer<ResumeRecoverable> getResumeRecoverableSerializer() {
            throw new UnsupportedOperationException("nobody recovers half an object here");
        }

        @Override
        public boolean supportsResume() {
            return false;
        }
    }
}
