// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.evidence;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.Optional;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.RecoverableFsDataOutputStream;

/**
 * Where evidence is kept and how people get at it.
 *
 * @param root a path, or a URI of one of Flink's file systems; empty when none is made
 * @param url what leads to the root for people, such as {@code https://example.com/media}; empty when nothing does
 */
public record EvidenceFolder(String root, String url) implements Serializable {

    private static final long serialVersionUID = 1L;

    /** No evidence is made. */
    public static final EvidenceFolder NONE = new EvidenceFolder("", "");

    public EvidenceFolder {
        if (root.isEmpty() && !url.isEmpty()) {
            throw new IllegalArgumentException(
                    "evidence has an address and no root folder: expected both or the folder");
        }
        if (!url.isEmpty() && !url.matches("https?://.+")) {
            throw new IllegalArgumentException(
                    "expected an address of http or https for evidence, found '" + url + "'");
        }
    }

    public boolean isThere() {
        return !root.isEmpty();
    }

    /** The address of a file, for people; empty when there is none. */
    public String address(String relative) {
        return url.isEmpty() ? "" : url.replaceFirst("/+$", "") + "/" + relative;
    }

    /** Puts a file there, whole or not at all; one of that name is replaced. */
    void publish(InputStream in, String relative) throws IOException {
        Path target = resolve(relative);
        FileSystem files = target.getFileSystem();
        files.mkdirs(target.getParent());
        try (RecoverableFsDataOutputStream out = files.createRecoverableWriter().open(target)) {
            in.transferTo(out);
            out.closeForCommit().commit();
        } catch (IOException | RuntimeException e) {
            sweep(files, target);
            throw e;
        }
    }

    /**
     * The content of a file.
     *
     * @param mostBytes a larger one is none
     * @return empty when it is not there
     */
    public Optional<byte[]> read(String relative, int mostBytes) throws IOException {
        Path path = resolve(relative);
        FileSystem files = path.getFileSystem();
        try {
            FileStatus status = files.getFileStatus(path);
            if (status.isDir() || status.getLen() > mostBytes) {
                return Optional.empty();
            }
            try (InputStream in = files.open(path)) {
                return Optional.of(in.readAllBytes());
            }
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    /** What was begun lies beside the target under a name of its own. On a full disk it would only be in the way. */
    private static void sweep(FileSystem files, Path target) {
        try {
            FileStatus[] found = files.listStatus(target.getParent());
            for (FileStatus each : found == null ? new FileStatus[0] : found) {
                if (each.getPath().getName().startsWith("." + target.getName())) {
                    files.delete(each.getPath(), false);
                }
            }
        } catch (IOException e) {
            // the failure that led here is told
        }
    }

    private Path resolve(String relative) {
        return new Path(new Path(root), relative);
    }
}
