// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The process that keeps one server for all clients of a data directory: starts it, starts it again on the same port if
 * it dies, and stops it when no lease has been held for {@code linger}.
 *
 * <p>A client starts it detached and with nothing but this package and {@code java.*} on its class path.
 */
public final class Keeper {

    static final Duration READY_WITHIN = Duration.ofSeconds(180);

    private static final long POLL_MILLIS = 200;
    private static final int RESTARTS = 3;

    private final DataDirectory directory;
    private final Path home;
    private final Path javaHome;
    private final Duration linger;

    /** Set once the end has been ordered, by a signal or by lack of use. */
    private volatile boolean leaving;

    private Keeper(DataDirectory directory, Path home, Path javaHome, Duration linger) {
        this.directory = directory;
        this.home = home;
        this.javaHome = javaHome;
        this.linger = linger;
    }

    /** Arguments: data directory, the distribution's folder, Java home, linger in milliseconds. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        DataDirectory directory = new DataDirectory(Path.of(arguments[0]));
        Keeper keeper = new Keeper(
                directory,
                Path.of(arguments[1]),
                Path.of(arguments[2]),
                Duration.ofMillis(Long.parseLong(arguments[3])));
        Optional<OsLock> only = patientLock(directory.keeperLock());
        if (only.isEmpty()) {
            say("another keeper has " + directory.root());
            return;
        }
        only.get().write(Long.toString(ProcessHandle.current().pid()));
        System.exit(keeper.keep() ? 0 : 1);
    }

    /** Others look at the lock for an instant to see whether we live; that must not turn us away. */
    private static Optional<OsLock> patientLock(Path file) throws IOException, InterruptedException {
        for (int attempt = 0; attempt < 20; attempt++) {
            Optional<OsLock> lock = OsLock.tryLock(file);
            if (lock.isPresent()) {
                return lock;
            }
            Thread.sleep(POLL_MILLIS);
        }
        return Optional.empty();
    }

    /** @return whether the server was ended on purpose */
    private boolean keep() throws IOException, InterruptedException {
        int port = 0;
        for (int starts = 0; starts <= RESTARTS; starts++) {
            Files.deleteIfExists(directory.serverLog());
            ServerProcess server = ServerProcess.start(directory, home, javaHome, port);
            Thread stop = new Thread(() -> leave(server), "stop");
            Runtime.getRuntime().addShutdownHook(stop);
            OptionalInt answering = awaitAnswer(server);
            if (answering.isEmpty()) {
                if (leaving) {
                    return true;
                }
                say(server.isAlive() ? StartFailure.TOO_SLOW : "the server did not start");
                return false;
            }
            port = answering.getAsInt();
            new RunningServer(
                            port,
                            ProcessHandle.current().pid(),
                            home.getFileName().toString())
                    .write(directory.serverFile());
            say("the server answers on port " + port);
            if (keepUntilUnused(server)) {
                return true;
            }
            Files.deleteIfExists(directory.serverFile());
            Runtime.getRuntime().removeShutdownHook(stop);
            server.stop();
            say("the server ended by itself");
        }
        return false;
    }

    private OptionalInt awaitAnswer(ServerProcess server) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (server.isAlive() && System.nanoTime() < deadline) {
            OptionalInt port = server.port();
            if (port.isPresent() && Health.isGood(port.getAsInt())) {
                return port;
            }
            Thread.sleep(POLL_MILLIS);
        }
        return OptionalInt.empty();
    }

    /** @return whether nobody needs the server any more; else it has ended by itself */
    private boolean keepUntilUnused(ServerProcess server) throws IOException, InterruptedException {
        long used = System.nanoTime();
        while (server.isAlive() && !leaving) {
            if (!Files.exists(directory.keeperLock())) {
                say("the data directory is gone");
                return true;
            }
            if (Leases.anyHeld(directory)) {
                used = System.nanoTime();
            } else if (System.nanoTime() - used >= linger.toNanos() && leaveUnlessWanted()) {
                return true;
            }
            Thread.sleep(POLL_MILLIS);
        }
        return leaving;
    }

    /** The start lock, once held, is kept to the end of the process: nobody may come while the server stops. */
    private boolean leaveUnlessWanted() throws IOException {
        Optional<OsLock> start = OsLock.tryLock(directory.startLock());
        if (start.isEmpty()) {
            return false;
        }
        if (Leases.anyHeld(directory)) {
            start.get().close();
            return false;
        }
        Leases.clear(directory);
        say("nobody has used the server for " + linger.toSeconds() + " s");
        return true;
    }

    private void leave(ServerProcess server) {
        leaving = true;
        try {
            Files.deleteIfExists(directory.serverFile());
        } catch (IOException e) {
            say("cannot delete " + directory.serverFile() + ": " + e);
        } finally {
            server.stop();
            say("stopped");
        }
    }

    private static void say(String words) {
        System.out.println(Instant.now() + " " + words);
    }
}
