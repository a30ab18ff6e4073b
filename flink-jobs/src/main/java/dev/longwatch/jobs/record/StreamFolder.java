// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.RecoverableFsDataOutputStream;

/**
 * The folder of one stream's recording, on whatever file system Flink knows: {@code segments/HOUR/EPOCH-ORDINAL.mp4} and
 * {@code index/HOUR.jsonl}, hours in UTC.
 */
public final class StreamFolder {

    private final Path path;
    private final FileSystem files;

    private StreamFolder(Path path) throws IOException {
        this.path = path;
        files = path.getFileSystem();
    }

    /**
     * @param root of all recordings: a path, or a URI of one of Flink's file systems
     * @param stream its name, anything
     */
    public static StreamFolder of(String root, String stream) throws IOException {
        return new StreamFolder(new Path(new Path(root), escaped(stream)));
    }

    /** The place of a segment. */
    public Path resolve(String relative) {
        return new Path(path, relative);
    }

    /** Whether files may be added to; object stores only replace them. */
    public boolean isLocal() {
        return !files.isDistributedFS();
    }

    /**
     * A file of the folder where FFmpeg can open it: itself, or a copy on this machine while it is needed.
     *
     * @throws FileNotFoundException if it is not there
     */
    public LocalCopy local(String relative) throws IOException {
        if (isLocal()) {
            return new LocalCopy(java.nio.file.Path.of(resolve(relative).getPath()), false);
        }
        try (InputStream in = read(relative, 0)) {
            LocalCopy copy = new LocalCopy(Files.createTempFile("longwatch-segment-", ".mp4"), true);
            try {
                Files.copy(in, copy.path(), StandardCopyOption.REPLACE_EXISTING);
                return copy;
            } catch (IOException | RuntimeException e) {
                copy.close();
                throw e;
            }
        }
    }

    /**
     * A file on this machine.
     *
     * @param temporary whether it goes when it is closed
     */
    public record LocalCopy(java.nio.file.Path path, boolean temporary) implements AutoCloseable {

        @Override
        public void close() throws IOException {
            if (temporary) {
                Files.deleteIfExists(path);
            }
        }
    }

    /** Puts a file there, whole or not at all. */
    void publish(java.nio.file.Path local, String relative) throws IOException {
        try (InputStream in = Files.newInputStream(local)) {
            publish(in, relative);
        }
    }

    void publish(InputStream in, String relative) throws IOException {
        Path target = resolve(relative);
        files.mkdirs(target.getParent());
        RecoverableFsDataOutputStream out = files.createRecoverableWriter().open(target);
        try {
            in.transferTo(out);
            out.closeForCommit().commit();
        } finally {
            // does nothing after a commit
            out.close();
        }
    }

    /** Does nothing if it is not there. */
    void delete(String relative) throws IOException {
        files.delete(resolve(relative), true);
    }

    boolean exists(String relative) throws IOException {
        return files.exists(resolve(relative));
    }

    /** In bytes; 0 when it is not there. */
    long size(String relative) throws IOException {
        try {
            return files.getFileStatus(resolve(relative)).getLen();
        } catch (FileNotFoundException e) {
            return 0;
        }
    }

    InputStream read(String relative, long offset) throws IOException {
        FSDataInputStream in = files.open(resolve(relative));
        in.seek(offset);
        return in;
    }

    /** The names in a folder, in order; none when it is not there. */
    List<String> list(String relative) throws IOException {
        FileStatus[] found;
        try {
            found = files.listStatus(resolve(relative));
        } catch (FileNotFoundException e) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        if (found != null) {
            for (FileStatus each : found) {
                names.add(each.getPath().getName());
            }
        }
        names.sort(null);
        return names;
    }

    @Override
    public String toString() {
        return path.toString();
    }

    /** Streams are named by people: no name leads out of the root, and no two names to one folder. */
    private static String escaped(String stream) {
        StringBuilder name = new StringBuilder();
        for (byte each : stream.getBytes(UTF_8)) {
            char c = (char) (each & 0xff);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
            // hidden files and the folder above begin with a dot
            boolean dot = (c == '.' || c == '_') && name.length() > 0;
            name.append(plain || dot ? String.valueOf(c) : String.format(Locale.ROOT, "=%02x", (int) c));
        }
        return name.toString();
    }
}
