// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.search.Hit;
import co.elastic.clients.elasticsearch.indices.IndexSettingBlocks;
import co.elastic.clients.json.JsonData;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.client.ElasticsearchAddress;
import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.indexer.client.Scan;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.indexer.local.TestElasticsearch;
import dev.longwatch.indexer.schema.EventDocument;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.sink.FaultyProxy.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Serializable;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a server in trouble does to a whole job: nothing but to make it wait. Every job here runs against the real server,
 * with faults on the way or in it, may not restart, and has to end with each event kept once. Away during a restart: see
 * {@link EventSinkTest}.
 */
@Timeout(240)
class SinkFaultsTest {

    @RegisterExtension
    static final TestElasticsearch SERVER = new TestElasticsearch();

    @RegisterExtension
    static final MiniClusterExtension FLINK = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(2)
            .build());

    /** How many events sources have let go of, by job. */
    private static final Map<String, AtomicLong> EMITTED = new HashMap<>();

    /** How often a server with a certificate was asked anything. */
    private static final AtomicLong ASKED = new AtomicLong();

    private static Elasticsearch elasticsearch;

    @TempDir
    Path folder;

    @BeforeAll
    static void open() {
        elasticsearch = Elasticsearch.open(SERVER.address());
    }

    @AfterAll
    static void close() {
        elasticsearch.close();
    }

    @Test
    void aServerThatGoesAwayIsWaitedForWithNoMoreThanABufferFull() throws Exception {
        IndexNames names = names("away");
        int all = 16_000;
        try (FaultyProxy proxy = new FaultyProxy(SERVER.address(), (ordinal, body) -> Fault.NONE)) {
            CompletableFuture<Void> job = started(proxy.address(), names, all, number -> event("event-" + number, 1));
            await().atMost(Duration.ofMinutes(1)).until(() -> proxy.bulks() >= 2);
            proxy.down();

            AtomicLong emitted = EMITTED.get(names.prefix());
            for (long before = -1; before != emitted.get(); ) {
                before = emitted.get();
                Thread.sleep(2_000);
            }
            assertThat(emitted.get() - stored(names).size())
                    .as("in the buffer, on its way, in the hand")
                    .isLessThanOrEqualTo(10_000 + 500 + 1);
            assertThat(job).isNotDone();
            proxy.up();

            job.get(2, TimeUnit.MINUTES);
        }
        assertThat(stored(names)).hasSize(all);
        assertThat(refused(names)).isEmpty();
    }

    @Test
    void halfOfTheItemsRefusedForNowAreWrittenLater() throws Exception {
        IndexNames names = names("busy");
        try (FaultyProxy proxy =
                new FaultyProxy(SERVER.address(), (ordinal, body) -> ordinal < 6 ? Fault.HALF_BUSY : Fault.NONE)) {
            started(proxy.address(), names, 2_000, number -> event("event-" + number, 1))
                    .get(2, TimeUnit.MINUTES);

            assertThat(proxy.bulks()).isGreaterThan(6);
        }
        assertThat(stored(names)).hasSize(2_000);
        assertThat(refused(names)).isEmpty();
    }

    /** In which way an index is closed to writing; the first is what the server does when its disk is full. */
    enum Block {
        READ_ONLY_ALLOW_DELETE,
        WRITE;

        private IndexSettingBlocks.Builder of(IndexSettingBlocks.Builder blocks, boolean closed) {
            return switch (this) {
                case READ_ONLY_ALLOW_DELETE -> blocks.readOnlyAllowDelete(closed);
                case WRITE -> blocks.write(closed);
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void anIndexThatIsClosedToWritingIsWaitedFor(Block block) throws Exception {
        IndexNames names = new IndexNames(names("block").prefix() + "-" + block.ordinal());
        started(SERVER.address(), names, 1, number -> event("before", 1)).get(1, TimeUnit.MINUTES);
        // the server looks at its disk twice a minute, and opens what is closed while there is room; so may a look that
        // has begun
        lookAtTheDisk("1h");
        block(names, block, true);
        await().during(Duration.ofSeconds(2)).atMost(Duration.ofMinutes(1)).until(() -> {
            boolean stands = stands(names, block);
            block(names, block, true);
            return stands;
        });

        try (FaultyProxy proxy = new FaultyProxy(SERVER.address(), (ordinal, body) -> Fault.NONE)) {
            CompletableFuture<Void> job = started(proxy.address(), names, 30, number -> event("event-" + number, 1));
            await().atMost(Duration.ofMinutes(1)).until(() -> proxy.bulks() >= 3);
            assertThat(job).isNotDone();
            block(names, block, false);
            job.get(1, TimeUnit.MINUTES);
        } finally {
            lookAtTheDisk("30s");
        }
        assertThat(stored(names)).hasSize(31);
        assertThat(refused(names)).isEmpty();
    }

    @Test
    void ofTwoWhoWriteTheSameAtOnceTheLastVersionStays() throws Exception {
        IndexNames names = names("storm");
        CompletableFuture<Void> older =
                started(SERVER.address(), names, 3_000, number -> event("event-" + number % 500, 1 + number / 500));
        CompletableFuture<Void> newer =
                started(SERVER.address(), names, 3_000, number -> event("event-" + number % 500, 4 + number / 500));
        older.get(2, TimeUnit.MINUTES);
        newer.get(2, TimeUnit.MINUTES);

        assertThat(stored(names)).hasSize(500).allSatisfy((id, version) -> assertThat(version)
                .isEqualTo(9));
        assertThat(refused(names)).isEmpty();
    }

    @Test
    void oneInAHundredThatIsRefusedForGoodIsPutAsideWithItsCause() throws Exception {
        IndexNames names = names("poison");
        started(
                        SERVER.address(),
                        names,
                        2_000,
                        number -> number % 100 == 17
                                ? event("poison-" + number, 1, Double.NaN)
                                : event("event-" + number, 1))
                .get(2, TimeUnit.MINUTES);

        assertThat(stored(names)).hasSize(1_980).allSatisfy((id, version) -> assertThat(id)
                .startsWith("event-"));
        assertThat(refused(names)).hasSize(20).allSatisfy(document -> {
            assertThat(document.id()).startsWith("poison-");
            assertThat(document.cause()).contains("frames_per_second");
        });
    }

    @Test
    void aSlowServerIsWaitedFor() throws Exception {
        IndexNames names = names("slow");
        AtomicLong sent = new AtomicLong();
        try (FaultyProxy proxy = new FaultyProxy(SERVER.address(), (ordinal, body) -> {
            // what they say goes in a bulk of its own
            sent.addAndGet(body.lines()
                    .filter(line -> line.contains("\"_index\":\"" + names.prefix() + "-events"))
                    .count());
            return ordinal < 2 ? Fault.SLOW : Fault.NONE;
        })) {
            started(proxy.address(), names, 1_200, number -> event("event-" + number, 1))
                    .get(2, TimeUnit.MINUTES);
        }
        assertThat(sent).as("nothing was sent twice for being slow").hasValue(1_200);
        assertThat(stored(names)).hasSize(1_200);
    }

    @Test
    void aConnectionThatIsResetInTheMiddleLosesAndDoublesNothing() throws Exception {
        IndexNames names = names("reset");
        // larger than laying out the indices takes, smaller than a bulk and its answer
        long amid = 60_000;
        try (BreakingWire wire = new BreakingWire(SERVER.address(), connection -> switch (connection) {
            case 0, 1 -> new long[] {amid, Long.MAX_VALUE};
            case 2, 3 -> new long[] {Long.MAX_VALUE, amid};
            default -> new long[] {Long.MAX_VALUE, Long.MAX_VALUE};
        })) {
            started(wire.address(), names, 3_000, number -> event("event-" + number, 1))
                    .get(2, TimeUnit.MINUTES);

            assertThat(wire.broken()).isGreaterThanOrEqualTo(3);
        }
        assertThat(stored(names)).hasSize(3_000);
        assertThat(refused(names)).isEmpty();
    }

    @Test
    void anExpiredCertificateIsRefusedInOneLineBeforeAnythingIsSent() throws Exception {
        assertThatThrownBy(() -> askOver(certificate("-10d", 1)))
                .hasStackTraceContaining(IndexException.class.getName() + ": no Elasticsearch answers at https://")
                .hasStackTraceContaining("NotAfter")
                .satisfies(thrown -> assertThat(stack(thrown)).doesNotContain("s3cret"));
        assertThat(ASKED).as("not a password, not a word").hasValue(0);

        // the same with a certificate that is valid gets through
        assertThatThrownBy(() -> askOver(certificate("-1d", 30)))
                .hasStackTraceContaining("answers 200, but not as an Elasticsearch");
        assertThat(ASKED).hasPositiveValue();
    }

    /** A job against a server with that certificate, trusted by its fingerprint. */
    private static void askOver(KeyStore keys) throws Exception {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context(keys)));
        server.createContext("/", exchange -> {
            ASKED.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        try {
            ElasticsearchAddress address = ElasticsearchAddress.of(
                            "https://localhost:" + server.getAddress().getPort())
                    .withUser("ada", "s3cret")
                    .withCaFingerprint(fingerprint(keys));
            started(address, names("certificate"), 1, number -> event("one", 1)).get(1, TimeUnit.MINUTES);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aWrongPasswordFailsTheJobAtItsStartWithoutShowingIt() throws Exception {
        try (Unwelcoming server = new Unwelcoming()) {
            assertThatThrownBy(() -> started(
                                    server.address().withUser("ada", "s3cret"),
                                    names("password"),
                                    1,
                                    number -> event("one", 1))
                            .get(1, TimeUnit.MINUTES))
                    .hasStackTraceContaining("answered 401: user 'ada' or the password is not accepted")
                    .satisfies(thrown -> assertThat(stack(thrown)).doesNotContain("s3cret"));
        }
    }

    /** Lets nobody in, as a server with security does; the one of the tests has none. */
    private static final class Unwelcoming implements AutoCloseable {

        private final HttpServer server;

        Unwelcoming() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            byte[] body =
                    ("{\"error\":{\"type\":\"security_exception\",\"reason\":\"unable to authenticate user [ada]\","
                                    + "\"root_cause\":[]},\"status\":401}")
                            .getBytes(UTF_8);
            server.createContext("/", exchange -> {
                exchange.getResponseHeaders().add("X-elastic-product", "Elasticsearch");
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(401, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
        }

        ElasticsearchAddress address() {
            return ElasticsearchAddress.of(
                    "http://127.0.0.1:" + server.getAddress().getPort());
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    /** Counts what it makes, for the job of its name. */
    private record Counted(String job, SerializableFunction made) implements GeneratorFunction<Long, VideoEvent> {

        private static final long serialVersionUID = 1L;

        @Override
        public VideoEvent map(Long number) {
            EMITTED.get(job).incrementAndGet();
            return made.apply(number);
        }
    }

    private interface SerializableFunction extends LongFunction<VideoEvent>, Serializable {}

    /** A job that is not allowed to restart. */
    private static CompletableFuture<Void> started(
            ElasticsearchAddress address, IndexNames names, int count, SerializableFunction made) {
        EMITTED.put(names.prefix(), new AtomicLong());
        Configuration configuration = new Configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        StreamExecutionEnvironment job = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        job.setParallelism(1);
        job.fromSource(
                        new DataGeneratorSource<>(
                                new Counted(names.prefix(), made), count, TypeInformation.of(VideoEvent.class)),
                        WatermarkStrategy.noWatermarks(),
                        "events")
                .sinkTo(new EventSink(address, names));
        return CompletableFuture.runAsync(() -> {
            try {
                job.execute(names.prefix());
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static VideoEvent event(String id, long version) {
        return event(id, version, 2);
    }

    private static VideoEvent event(String id, long version, double framesPerSecond) {
        return new VideoEvent(
                id,
                version,
                "gate",
                "file:/gate.mp4",
                "rule",
                "text",
                new TimeSpan(1_000, 2_000),
                Instant.parse("2026-11-01T00:00:00Z").toEpochMilli(),
                0.5,
                VideoEvent.State.CLOSED,
                "nano-1",
                framesPerSecond,
                "2 a second");
    }

    /** Versions by id. */
    private static Map<String, Long> stored(IndexNames names) throws IOException {
        Map<String, Long> versions = new HashMap<>();
        scan(names.everyEvent())
                .each(
                        EventDocument.class,
                        page -> page.forEach(hit -> assertThat(
                                        versions.put(hit.id(), hit.source().version()))
                                .isNull()));
        return versions;
    }

    private static List<RefusedDocument> refused(IndexNames names) throws IOException {
        List<RefusedDocument> documents = new ArrayList<>();
        scan(names.refused()).each(RefusedDocument.class, page -> page.stream()
                .map(Hit::source)
                .forEach(documents::add));
        return documents;
    }

    private static Scan scan(String index) {
        return new Scan(elasticsearch, List.of(index), Query.of(query -> query.matchAll(all -> all)));
    }

    private static void lookAtTheDisk(String every) throws IOException {
        elasticsearch
                .client()
                .cluster()
                .putSettings(request -> request.persistent("cluster.info.update.interval", JsonData.of(every)));
    }

    private static void block(IndexNames names, Block block, boolean closed) throws IOException {
        elasticsearch.client().indices().putSettings(request -> request.index(names.everyEvent())
                .settings(settings -> settings.blocks(blocks -> block.of(blocks, closed))));
    }

    private static boolean stands(IndexNames names, Block block) throws IOException {
        return elasticsearch
                .client()
                .indices()
                .getSettings(request -> request.index(names.everyEvent()))
                .toString()
                .matches(".*\"" + block.name().toLowerCase(Locale.ROOT) + "\":\"?true.*");
    }

    /** Made by the JDK's own tool, since nothing else in it signs certificates. */
    private KeyStore certificate(String from, int days) throws Exception {
        Path store = folder.resolve("valid-" + days + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-ext",
                        "bc=ca:true",
                        "-keyalg",
                        "EC",
                        "-startdate",
                        from,
                        "-validity",
                        Integer.toString(days),
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "changeit")
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        return keys;
    }

    private static SSLContext context(KeyStore keys) throws Exception {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, "changeit".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static String fingerprint(KeyStore keys) throws Exception {
        byte[] certificate = keys.getCertificate("server").getEncoded();
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate));
    }

    private static String stack(Throwable thrown) {
        StringWriter words = new StringWriter();
        thrown.printStackTrace(new PrintWriter(words));
        return words.toString();
    }

    private static IndexNames names(String test) {
        return new IndexNames(SERVER.prefix() + "-" + test);
    }
}
