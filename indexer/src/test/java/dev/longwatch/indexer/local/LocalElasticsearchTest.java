// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.longwatch.indexer.local.ServerException.Reason;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Starts and ends the real server, so several tests here take seconds. */
class LocalElasticsearchTest {

    private static final Consumer<String> SILENT = words -> {};

    private static Path folder;
    private static Path data;
    private static ServerSettings settings;

    @BeforeAll
    static void ownDirectory() throws IOException {
        folder = Files.createTempDirectory("longwatch-local");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        data = folder.resolve("it's a test");
        settings = ServerSettings.of(data, TestElasticsearch.archive()).withLinger(Duration.ZERO);
    }

    @AfterEach
    void stop() {
        LocalElasticsearch.stop(data);
    }

    @AfterAll
    static void deleteDirectory() throws IOException {
        TestElasticsearch.delete(folder);
    }

    @Test
    void twoClientsAtOnceShareOneServerWhichEndsAfterTheLast() throws Exception {
        List<String> progress = Collections.synchronizedList(new ArrayList<>());
        CompletableFuture<Lease> one =
                CompletableFuture.supplyAsync(() -> LocalElasticsearch.lease(settings, progress::add));
        CompletableFuture<Lease> other =
                CompletableFuture.supplyAsync(() -> LocalElasticsearch.lease(settings, progress::add));
        Lease first = one.get();
        Lease second = other.get();

        assertThat(first.server()).isEqualTo(second.server());
        assertThat(progress).containsOnlyOnce("starting Elasticsearch");
        first.close();
        Thread.sleep(1_000);
        assertThat(LocalElasticsearch.running(data)).contains(second.server());

        second.close();
        awaitEndOf(second.server());
    }

    @Test
    void aClientThatIsKilledGivesItsLeaseBack() throws Exception {
        Process client = new ProcessBuilder(
                        settings.javaHome().resolve("bin/java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        LeaseHolder.class.getName(),
                        data.toString(),
                        settings.archive().toString())
                .redirectErrorStream(true)
                .start();
        await().atMost(Duration.ofSeconds(180))
                .until(() -> LocalElasticsearch.running(data).isPresent());
        RunningServer server = LocalElasticsearch.running(data).orElseThrow();
        Thread.sleep(1_000);
        assertThat(LocalElasticsearch.running(data)).contains(server);

        client.destroyForcibly().waitFor();

        awaitEndOf(server);
    }

    @Test
    void stopEndsTheServerThoughALeaseIsHeld() {
        try (Lease lease = LocalElasticsearch.lease(settings, SILENT)) {
            assertThat(LocalElasticsearch.stop(data)).isTrue();

            awaitEndOf(lease.server());
            assertThat(LocalElasticsearch.stop(data)).isFalse();
        }
    }

    @Test
    void aKilledKeeperLeavesNoOrphanAndTheNextStartFindsTheData() throws Exception {
        RunningServer killed;
        try (Lease lease = LocalElasticsearch.lease(settings.withLinger(Duration.ofMinutes(1)), SILENT)) {
            killed = lease.server();
            assertThat(send(killed, "PUT", "/kept-events-1/_doc/1?refresh=true", "{\"text\":\"a red car\"}"))
                    .contains("created");

            ProcessHandle.of(killed.keeperPid()).orElseThrow().destroyForcibly();

            awaitEndOf(killed);
        }
        try (Lease lease = LocalElasticsearch.lease(settings, SILENT)) {
            assertThat(send(lease.server(), "GET", "/kept-events-1/_doc/1", "")).contains("a red car");
        }
    }

    @Test
    void aServerThatDiesIsStartedAgainOnTheSamePort() throws Exception {
        try (Lease lease = LocalElasticsearch.lease(settings, SILENT)) {
            List<ProcessHandle> processes = processesOf(lease.server());

            processes.stream().filter(LocalElasticsearchTest::isServer).forEach(ProcessHandle::destroyForcibly);

            await().atMost(Duration.ofSeconds(180))
                    .until(() -> !processesOf(lease.server()).equals(processes)
                            && LocalElasticsearch.running(data)
                                    .filter(server ->
                                            server.port() == lease.server().port())
                                    .isPresent());
        }
    }

    @Test
    void aServerThatEndsWhileStartingIsExplainedFromItsLog() {
        assertRefused(
                Reason.MEMORY,
                () -> LocalElasticsearch.lease(settings.withHeapMegabytes(90_000_000), SILENT),
                "not enough memory for its heap");
    }

    @Test
    void aFullDiskIsRefusedBeforeAnythingIsWritten() {
        Path untouched = folder.resolve("full");
        ServerSettings full = ServerSettings.of(untouched, settings.archive()).withDiskSpace(directory -> 17L << 20);

        assertRefused(Reason.DISK_FULL, () -> LocalElasticsearch.lease(full, SILENT), "17 MB left", "at least 500 MB");

        assertThat(untouched.resolve("data")).doesNotExist();
        assertThat(untouched.resolve("elasticsearch-8.19.21")).doesNotExist();
    }

    @Test
    void aDamagedDistributionIsRefusedAndLeavesNothingBehind() throws IOException {
        Path zip = folder.resolve("elasticsearch-8.19.21.zip");
        byte[] half = new byte[1 << 20];
        try (var whole = Files.newInputStream(settings.archive())) {
            Files.write(zip, java.util.Arrays.copyOf(half, whole.read(half)));
        }
        Path untouched = folder.resolve("damaged");

        assertRefused(
                Reason.ARCHIVE,
                () -> LocalElasticsearch.lease(ServerSettings.of(untouched, zip), SILENT),
                zip + " is damaged");

        assertThat(untouched).isDirectoryNotContaining(file -> Files.isDirectory(file) && !file.endsWith("leases"));
    }

    @Test
    void aMissingDistributionIsRefusedWithTheCommandThatFetchesIt() {
        Path zip = folder.resolve("nowhere/elasticsearch-8.19.21.zip");

        assertRefused(
                Reason.ARCHIVE,
                () -> LocalElasticsearch.lease(ServerSettings.of(folder.resolve("missing"), zip), SILENT),
                zip.toString(),
                "./mvnw");
    }

    @Test
    void aDataDirectoryThatIsAFileIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertRefused(
                Reason.DATA_DIRECTORY,
                () -> LocalElasticsearch.lease(ServerSettings.of(file, settings.archive()), SILENT),
                "the data directory " + file,
                "LONGWATCH_DATA");
    }

    @Test
    void rootIsToldWhichFolderTheServerCannotEnter() throws IOException {
        assumeThat(ServerUser.isRoot()).isTrue();
        Path closed = Files.createDirectory(folder.resolve("closed"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));

        assertRefused(
                Reason.DATA_DIRECTORY,
                () -> LocalElasticsearch.lease(ServerSettings.of(closed.resolve("data"), settings.archive()), SILENT),
                "cannot enter " + closed + " (rwx------)");
    }

    @Test
    void aJavaThatIsNotThereIsRefused() {
        assertRefused(
                Reason.JAVA,
                () -> LocalElasticsearch.lease(settings.withJavaHome(folder.resolve("java")), SILENT),
                "found no " + folder.resolve("java/bin/java"));
    }

    private static void assertRefused(Reason reason, ThrowingCallable attempt, String... words) {
        assertThatExceptionOfType(ServerException.class)
                .isThrownBy(attempt)
                .satisfies(e -> assertThat(e.reason()).isEqualTo(reason))
                .satisfies(e -> assertThat(e.getMessage()).contains(words).doesNotContain("\n"));
    }

    private static void awaitEndOf(RunningServer server) {
        await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> {
            assertThat(processesOf(server)).isEmpty();
            assertThat(OsLock.isHeld(new DataDirectory(data).nodeLock())).isFalse();
            assertThat(LocalElasticsearch.running(data)).isEmpty();
        });
    }

    /** Every process whose command line names this test's data directory. */
    private static List<ProcessHandle> processesOf(RunningServer server) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains(data.toString()) && !line.contains(LeaseHolder.class.getName()))
                        .isPresent())
                .toList();
    }

    private static boolean isServer(ProcessHandle process) {
        return process.info().commandLine().orElse("").contains("org.elasticsearch.bootstrap.Elasticsearch");
    }

    private static String send(RunningServer server, String method, String path, String json) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(json))
                .header("Content-Type", "application/json")
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
