// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longwatch.indexer.local.ServerException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Makes a data directory ready for a server, or says in one sentence why it cannot be. Runs under the start lock. */
final class Preparation {

    /** Unpacked the distribution takes 119 MB; the rest is room for the server to work in. */
    static final long LEAST_FREE_BYTES = 500L << 20;

    private static final String ADVICE = "choose another with LONGWATCH_DATA";

    private final ServerSettings settings;
    private final DataDirectory directory;

    Preparation(ServerSettings settings, DataDirectory directory) {
        this.settings = settings;
        this.directory = directory;
    }

    /** Creates the directory itself and tries to write in it; needed before there can be a lock. */
    static void create(DataDirectory directory) {
        Path root = directory.root();
        try {
            if (!Files.isDirectory(root)) {
                Files.createDirectories(root);
                Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
            Path probe = Files.createTempFile(root, "probe", "");
            Files.writeString(probe, "Longwatch can write here\n");
            Files.delete(probe);
        } catch (IOException e) {
            throw inDataDirectory(root, e);
        }
    }

    void prepare(Consumer<String> progress) {
        try {
            requireSpace();
            requireJava();
            ServerUser.prefix();
            ServerUser.requireWayTo(directory.root(), Reason.DATA_DIRECTORY, "data directory", ADVICE);
            unpack(progress);
            configure();
        } catch (IOException e) {
            throw inDataDirectory(directory.root(), e);
        }
    }

    Path home() {
        return directory.root().resolve(settings.distribution());
    }

    private void requireSpace() throws IOException {
        long free = settings.diskSpace().usableBytes(directory.root());
        if (free < LEAST_FREE_BYTES) {
            throw new ServerException(
                    Reason.DISK_FULL,
                    "the disk that holds " + directory.root() + " has " + (free >> 20)
                            + " MB left, Elasticsearch needs at least " + (LEAST_FREE_BYTES >> 20)
                            + " MB; free some or " + ADVICE);
        }
    }

    private void requireJava() throws IOException {
        Path java = settings.javaHome().resolve("bin/java");
        if (!Files.isExecutable(java)) {
            throw new ServerException(
                    Reason.JAVA, "expected a Java of 17 or newer to run Elasticsearch, found no " + java);
        }
        ServerUser.requireWayTo(java, Reason.JAVA, "Java", "set JAVA_HOME to one that every user can run");
    }

    private void unpack(Consumer<String> progress) throws IOException {
        if (Files.isDirectory(home())) {
            return;
        }
        progress.accept("unpacking Elasticsearch (first time, 119 MB)");
        Archive.unpack(settings.archive(), home());
    }

    private void configure() throws IOException {
        for (Path folder : directory.serverOwned()) {
            Files.createDirectories(folder);
        }
        Files.deleteIfExists(directory.serverLog());
        Path options = Files.createDirectories(directory.config().resolve("jvm.options.d"));
        Files.write(directory.config().resolve("jvm.options"), distributionJvmOptions(), UTF_8);
        Files.writeString(options.resolve("longwatch.options"), jvmOptions(), UTF_8);
        Files.writeString(directory.config().resolve("elasticsearch.yml"), elasticsearchYml(), UTF_8);
        try (InputStream logging = resource("log4j2.properties")) {
            Files.copy(logging, directory.config().resolve("log4j2.properties"), StandardCopyOption.REPLACE_EXISTING);
        }
        for (Path folder : directory.serverOwned()) {
            ServerUser.give(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }

    /** The distribution's own, less what may fill a disk: 2 GB of collector logs and dumps of the whole heap. */
    private List<String> distributionJvmOptions() throws IOException {
        try (Stream<String> lines = Files.lines(home().resolve("config/jvm.options"), UTF_8)) {
            return lines.filter(line -> !line.startsWith("-Xlog:gc") && !line.contains("HeapDumpOnOutOfMemoryError"))
                    .toList();
        }
    }

    private String jvmOptions() {
        String heap = "-Xms" + settings.heapMegabytes() + "m\n-Xmx" + settings.heapMegabytes() + "m\n";
        String quick = "-XX:TieredStopAtLevel=1\n-XX:-UseG1GC\n-XX:+UseSerialGC\n-XX:-AlwaysPreTouch\n";
        return settings.quick() ? heap + quick : heap;
    }

    private String elasticsearchYml() throws IOException {
        try (InputStream template = resource("elasticsearch.yml")) {
            return new String(template.readAllBytes(), UTF_8)
                    .replace("${data}", quoted(directory.data()))
                    .replace("${logs}", quoted(directory.logs()));
        }
    }

    private static String quoted(Path path) {
        return "'" + path.toString().replace("'", "''") + "'";
    }

    private static InputStream resource(String name) throws IOException {
        InputStream resource = Preparation.class.getResourceAsStream(name);
        if (resource == null) {
            throw new NoSuchFileException("resource " + name + " of " + Preparation.class.getPackageName());
        }
        return resource;
    }

    static ServerException inDataDirectory(Path root, IOException e) {
        String found = String.valueOf(e.getMessage());
        if (found.contains("No space left") || found.contains("quota exceeded")) {
            return new ServerException(
                    Reason.DISK_FULL, "the disk that holds " + root + " is full; free some or " + ADVICE, e);
        }
        String why = e instanceof FileSystemException ? e.getClass().getSimpleName() + " " + found : found;
        return new ServerException(
                Reason.DATA_DIRECTORY, "the data directory " + root + " cannot be used (" + why + "); " + ADVICE, e);
    }
}
