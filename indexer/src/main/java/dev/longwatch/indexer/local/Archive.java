// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.local;

import dev.longwatch.indexer.local.ServerException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** The distribution's zip. It is complete where it is unpacked, or not there at all: unpacked beside and moved. */
final class Archive {

    private Archive() {}

    /**
     * @param home where the distribution shall stand; its name is the zip's own top folder
     * @throws IOException when the disk fails, not when the zip is at fault
     */
    static void unpack(Path zip, Path home) throws IOException {
        if (!Files.isRegularFile(zip)) {
            throw new ServerException(
                    Reason.ARCHIVE,
                    "the Elasticsearch distribution is not at " + zip
                            + "; the build fetches it: ./mvnw -Dquick install");
        }
        Path draft = home.resolveSibling("unpacking");
        delete(draft);
        try (ZipFile file = new ZipFile(zip.toFile())) {
            Enumeration<? extends ZipEntry> entries = file.entries();
            while (entries.hasMoreElements()) {
                unpack(file, entries.nextElement(), draft);
            }
            Path top = draft.resolve(home.getFileName());
            if (!Files.isDirectory(top.resolve("lib/cli-launcher"))) {
                throw new ZipException("it has no " + home.getFileName() + "/lib/cli-launcher");
            }
            Files.move(top, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (ZipException e) {
            throw new ServerException(
                    Reason.ARCHIVE,
                    "the Elasticsearch distribution " + zip + " is damaged (" + e.getMessage()
                            + "); delete it and build again",
                    e);
        } finally {
            delete(draft);
        }
    }

    private static void unpack(ZipFile file, ZipEntry entry, Path draft) throws IOException {
        Path target = draft.resolve(entry.getName()).normalize();
        if (!target.startsWith(draft)) {
            throw new ZipException("entry '" + entry.getName() + "' points outside");
        }
        createDirectories(
                draft,
                draft.relativize(entry.isDirectory() ? target : target.resolveSibling("."))
                        .normalize());
        if (entry.isDirectory()) {
            return;
        }
        try (InputStream content = file.getInputStream(entry)) {
            Files.copy(content, target);
        }
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-r--r--"));
    }

    /** Readable by all whatever the umask, since the server may run as another user. */
    private static void createDirectories(Path draft, Path below) throws IOException {
        Path step = draft;
        for (Path name : below) {
            step = step.resolve(name);
            if (!Files.isDirectory(step)) {
                Files.createDirectories(step);
                Files.setPosixFilePermissions(step, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }

    private static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(tree)) {
            paths = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.delete(path);
        }
    }
}
