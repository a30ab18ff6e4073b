// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.local;

import dev.longwatch.indexer.local.ServerException.Reason;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The door to the server on this machine. Every method is safe to call from several threads and several processes of one
 * user at once; every refusal is a {@link ServerException}; no single wait is longer than {@value #WAIT_SECONDS} seconds.
 */
public final class LocalElasticsearch {

    static final long WAIT_SECONDS = 200;

    private static final long POLL_MILLIS = 100;

    /** A process must not open the start lock twice (see {@link OsLock}), so its threads queue here first. */
    private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

    private final ServerSettings settings;
    private final DataDirectory directory;
    private final Consumer<String> progress;

    private LocalElasticsearch(ServerSettings settings, Consumer<String> progress) {
        this.settings = settings;
        this.directory = new DataDirectory(settings.dataDirectory());
        this.progress = progress;
    }

    /** Where the server of this user keeps its data when nobody chooses; see {@code LONGWATCH_DATA}. */
    public static Path standardDirectory() {
        return DataDirectory.standard(System.getenv(), ServerUser.isRoot(), Path.of(System.getProperty("user.home")));
    }

    /**
     * Starts the server unless it runs, waits until it answers, and holds it until the lease is closed.
     *
     * @param progress told in a few words what is being waited for; not called when the server runs already
     */
    public static Lease lease(ServerSettings settings, Consumer<String> progress) {
        return new LocalElasticsearch(settings, progress).lease();
    }

    /** @return the server that answers for this data directory at this moment, if any; starts nothing */
    public static Optional<RunningServer> running(Path dataDirectory) {
        DataDirectory directory =
                new DataDirectory(dataDirectory.toAbsolutePath().normalize());
        try {
            return OsLock.isHeld(directory.keeperLock())
                    ? RunningServer.read(directory.serverFile()).filter(server -> Health.isGood(server.port()))
                    : Optional.empty();
        } catch (IOException e) {
            throw Preparation.inDataDirectory(directory.root(), e);
        }
    }

    /**
     * Ends the server at once, whoever holds a lease.
     *
     * @return whether there was one
     */
    public static boolean stop(Path dataDirectory) {
        Path root = dataDirectory.toAbsolutePath().normalize();
        if (!Files.isDirectory(root)) {
            return false;
        }
        ServerSettings anywhere = ServerSettings.of(root, root.resolve("none.zip"));
        return new LocalElasticsearch(anywhere, silent()).stop();
    }

    private Lease lease() {
        Preparation.create(directory);
        return underStartLock(() -> {
            Path file = Leases.next(directory);
            OsLock lock = await(() -> OsLock.tryLock(file), "the lease " + file, silent());
            RunningServer server = null;
            try {
                server = awaitServer();
                return new Lease(server, file, lock);
            } finally {
                if (server == null) {
                    Files.deleteIfExists(file);
                    lock.close();
                }
            }
        });
    }

    private RunningServer awaitServer() throws IOException, InterruptedException {
        Process keeper = null;
        long deadline = deadline();
        while (System.nanoTime() < deadline) {
            boolean kept = keeper == null ? OsLock.isHeld(directory.keeperLock()) : keeper.isAlive();
            Optional<RunningServer> server = kept ? RunningServer.read(directory.serverFile()) : Optional.empty();
            if (server.isPresent() && Health.isGood(server.get().port())) {
                return server.get();
            }
            if (!kept && keeper != null) {
                throw StartFailure.explain(directory);
            }
            if (!kept) {
                keeper = startKeeper();
            }
            Thread.sleep(POLL_MILLIS);
        }
        throw new ServerException(
                Reason.TIMED_OUT,
                "Elasticsearch has not answered within " + WAIT_SECONDS + " s; see " + directory.serverLog());
    }

    private Process startKeeper() throws IOException, InterruptedException {
        Files.deleteIfExists(directory.serverFile());
        await(() -> unheld(directory.nodeLock()), "an earlier Elasticsearch to let go of its data", progress);
        Preparation preparation = new Preparation(settings, directory);
        preparation.prepare(progress);
        progress.accept("starting Elasticsearch");
        List<String> command = new ArrayList<>();
        Path setsid = Path.of("/usr/bin/setsid");
        if (Files.isExecutable(setsid)) {
            // out of the terminal's reach: Ctrl-C ends the client, not the server of the others
            command.add(setsid.toString());
        }
        command.addAll(List.of(
                settings.javaHome().resolve("bin/java").toString(),
                "-Xms4m",
                "-Xmx32m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath(),
                Keeper.class.getName(),
                directory.root().toString(),
                preparation.home().toString(),
                settings.javaHome().toString(),
                Long.toString(settings.linger().toMillis())));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(directory.keeperLog().toFile())
                .directory(directory.root().toFile());
        ServerProcess.keepOnlyNeeded(builder.environment());
        return builder.start();
    }

    /** The jar or folder that holds this package: the keeper needs nothing else. */
    private static String classPath() throws IOException {
        try {
            return Path.of(Keeper.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IOException("cannot tell where the class " + Keeper.class.getName() + " was loaded from", e);
        }
    }

    private boolean stop() {
        return underStartLock(() -> {
            if (!OsLock.isHeld(directory.keeperLock())) {
                return false;
            }
            // a keeper in its first instant has not yet said who it is
            await(this::endKeeper, "the keeper of Elasticsearch to end", silent());
            return true;
        });
    }

    /** @return something once the keeper is gone */
    private Optional<Boolean> endKeeper() throws IOException {
        String pid = Files.readString(directory.keeperLock()).strip();
        if (!pid.isEmpty()) {
            ProcessHandle.of(Long.parseLong(pid))
                    .filter(LocalElasticsearch::isKeeper)
                    .ifPresent(ProcessHandle::destroy);
        }
        return unheld(directory.keeperLock());
    }

    /** The number in the lock file may by now be another process's. */
    private static boolean isKeeper(ProcessHandle process) {
        return process.info().commandLine().orElse("").contains(Keeper.class.getName());
    }

    /** What is done while nobody else may start or stop the server. */
    private interface Exclusive<T> {
        T run() throws IOException, InterruptedException;
    }

    /** Something to ask for again until it is there. */
    private interface Attempt<T> {
        Optional<T> attempt() throws IOException;
    }

    private <T> T underStartLock(Exclusive<T> work) {
        ReentrantLock threads = THREADS.computeIfAbsent(directory.root(), root -> new ReentrantLock());
        String other = "another Longwatch that is starting or stopping Elasticsearch";
        try {
            await(() -> threads.tryLock() ? Optional.of(true) : Optional.empty(), other, progress);
            try {
                OsLock start = await(() -> OsLock.tryLock(directory.startLock()), other, progress);
                try {
                    return work.run();
                } finally {
                    start.close();
                }
            } finally {
                threads.unlock();
            }
        } catch (IOException e) {
            throw Preparation.inDataDirectory(directory.root(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerException(Reason.INTERRUPTED, "interrupted while waiting for Elasticsearch", e);
        }
    }

    private static Optional<Boolean> unheld(Path lock) throws IOException {
        return OsLock.isHeld(lock) ? Optional.empty() : Optional.of(true);
    }

    private static Consumer<String> silent() {
        return words -> {};
    }

    /** Asks until there is an answer, and says once what is being waited for. */
    private static <T> T await(Attempt<T> attempt, String what, Consumer<String> progress)
            throws IOException, InterruptedException {
        long deadline = deadline();
        boolean told = false;
        while (System.nanoTime() < deadline) {
            Optional<T> result = attempt.attempt();
            if (result.isPresent()) {
                return result.get();
            }
            if (!told) {
                progress.accept("waiting for " + what);
                told = true;
            }
            Thread.sleep(POLL_MILLIS);
        }
        throw new ServerException(
                Reason.TIMED_OUT, "Elasticsearch cannot be had: waited " + WAIT_SECONDS + " s for " + what);
    }

    private static long deadline() {
        return System.nanoTime() + Duration.ofSeconds(WAIT_SECONDS).toNanos();
    }
}
