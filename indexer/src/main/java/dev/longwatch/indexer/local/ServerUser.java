// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.local;

import dev.longwatch.indexer.local.ServerException.Reason;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/**
 * Whom the server runs as. Elasticsearch refuses root, so root's server steps down to {@value #NOBODY} ("nobody"), which
 * must then own what the server writes and be able to walk to what it reads. Anybody else's server runs as that user.
 */
final class ServerUser {

    static final int NOBODY = 65534;

    private static final List<Path> PATH = List.of(Path.of("/usr/bin/setpriv"), Path.of("/bin/setpriv"));

    private ServerUser() {}

    static boolean isRoot() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException | UnsupportedOperationException notLinux) {
            return "root".equals(System.getProperty("user.name"));
        }
    }

    /**
     * What to write before a command so that it runs as the server's user.
     *
     * @throws ServerException when there is no way to step down from root
     */
    static List<String> prefix() {
        if (!isRoot()) {
            return List.of();
        }
        Path setpriv = PATH.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new ServerException(
                        Reason.ROOT,
                        "Elasticsearch refuses to run as root and setpriv (Debian: package util-linux) is not in /usr/bin to"
                                + " step down with; install it or run as another user"));
        return List.of(
                setpriv.toString(),
                "--reuid=" + NOBODY,
                "--regid=" + NOBODY,
                "--clear-groups",
                "--inh-caps=-all",
                "--no-new-privs",
                "--");
    }

    /** Refuses a path that the server's user could not walk to, naming the folder in the way. */
    static void requireWayTo(Path path, Reason reason, String what, String advice) throws IOException {
        if (!isRoot()) {
            return;
        }
        for (Path step = path.toRealPath(); step != null; step = step.getParent()) {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(step);
            boolean own = Files.getAttribute(step, "unix:uid").equals(NOBODY);
            if (!permissions.contains(PosixFilePermission.OTHERS_EXECUTE)
                    && !(own && permissions.contains(PosixFilePermission.OWNER_EXECUTE))) {
                throw new ServerException(
                        reason,
                        "Elasticsearch refuses root and runs as user " + NOBODY + ", which cannot enter " + step + " ("
                                + PosixFilePermissions.toString(permissions) + ") on the way to the " + what + " "
                                + path + "; " + advice);
            }
        }
    }

    /** Gives a folder and all in it to the server's user. */
    static void give(Path folder) throws IOException {
        if (!isRoot()) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                return own(directory);
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                return own(file);
            }
        });
    }

    private static FileVisitResult own(Path path) throws IOException {
        Files.setAttribute(path, "unix:uid", NOBODY, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(path, "unix:gid", NOBODY, LinkOption.NOFOLLOW_LINKS);
        return FileVisitResult.CONTINUE;
    }
}
