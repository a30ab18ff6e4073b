// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.alert.deliver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.longwatch.indexer.alert.Channel;
import dev.longwatch.indexer.alert.Delivery;
import dev.longwatch.jobs.alert.Notice;
import dev.longwatch.jobs.evidence.EvidenceFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The operator with real receivers on loopback. */
@Timeout(60)
class DeliverTest {

    private static final Patience BRISK = new Patience(3, 1, 2);

    private final Queue<String> keys = new ConcurrentLinkedQueue<>();
    private final Map<String, AtomicInteger> attempts = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;

    private interface Receiver {
        /** @return the status to answer with */
        int take(String key, int attempt) throws InterruptedException;
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** What close throws then fails the whole TaskManager, not only the task. */
    @Test
    void whatIsClosedBeforeItWasBegunCloses() throws Exception {
        Deliver arrived = InstantiationUtil.clone(new Deliver(Channels.Opener.of(List.of()), EvidenceFolder.NONE));

        assertThatCode(arrived::close).doesNotThrowAnyException();
    }

    @Test
    void everyChannelOfAnAlertIsToldAndOnlySomeThatItHasEnded() throws Exception {
        receiver("/hook", (key, attempt) -> 200);
        receiver("/chat", (key, attempt) -> 200);
        Channel chat = Channel.slack("chat", address("/chat"));

        List<Delivery> settled = run(
                List.of(hook("/hook"), chat),
                Letters.notice("id1", false, "hook", "chat"),
                Letters.notice("id1", true, "hook", "chat"));

        assertThat(keys)
                .containsExactlyInAnyOrder("id1-first-hook", "id1-first-chat", "id1-last-hook")
                .containsSubsequence("id1-first-hook", "id1-last-hook");
        assertThat(settled).extracting(Delivery::state).containsOnly(Delivery.State.DELIVERED);
        assertThat(settled).extracting(Delivery::body).doesNotContain("");
    }

    @Test
    void aReceiverInTroubleIsTriedAgainAndOneThatRefusesIsNot() throws Exception {
        receiver("/hook", (key, attempt) -> key.startsWith("gone") ? 410 : attempt < 3 ? 503 : 200);

        List<Delivery> settled = run(
                List.of(hook("/hook")), Letters.notice("id1", false, "hook"), Letters.notice("gone", false, "hook"));

        assertThat(settled)
                .extracting(Delivery::key, Delivery::state, Delivery::attempts, Delivery::reason)
                .containsExactlyInAnyOrder(
                        tuple("id1-first-hook", Delivery.State.DELIVERED, 3, ""),
                        tuple("gone-first-hook", Delivery.State.DEAD, 1, "HTTP 410"));
    }

    @Test
    void whatIsTriedTooOftenIsKeptWithItsBodyAndTheReason() throws Exception {
        receiver("/hook", (key, attempt) -> 500);

        List<Delivery> settled = run(List.of(hook("/hook")), Letters.notice("id1", false, "hook"));

        assertThat(settled).singleElement().satisfies(dead -> {
            assertThat(dead.state()).isEqualTo(Delivery.State.DEAD);
            assertThat(dead.reason()).isEqualTo("given up after 3 attempts: HTTP 500");
            assertThat(dead.body()).contains("\"id\":\"id1\"");
        });
        assertThat(keys).hasSize(3);
    }

    @Test
    void aReceiverThatHangsHoldsUpNeitherTheStreamNorTheOthers() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        receiver("/hook", (key, attempt) -> {
            release.await();
            return 200;
        });
        receiver("/chat", (key, attempt) -> 200);
        try (OneInputStreamOperatorTestHarness<Notice, Delivery> harness =
                harness(List.of(hook("/hook"), Channel.slack("chat", address("/chat"))))) {
            harness.open();
            for (int i = 0; i < 50; i++) {
                harness.processElement(Letters.notice("id" + i, false, "hook", "chat"), 0);
            }
            await().until(() ->
                    keys.stream().filter(key -> key.endsWith("chat")).count() == 50);

            release.countDown();
            harness.endInput();
            assertThat(harness.extractOutputValues()).hasSize(100);
        }
    }

    @Test
    void whatWasOnItsWayGoesOutAfterARestartUnderTheSameKeyAndBody() throws Exception {
        CountDownLatch away = new CountDownLatch(1);
        Queue<String> bodies = new ConcurrentLinkedQueue<>();
        server.createContext("/hook", exchange -> {
            bodies.add(exchange.getRequestHeaders().getFirst("Idempotency-Key")
                    + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            if (away.getCount() > 0) {
                // takes the message and dies before it says so
                exchange.close();
                away.countDown();
            } else {
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            }
        });
        OperatorSubtaskState snapshot;
        try (OneInputStreamOperatorTestHarness<Notice, Delivery> harness = harness(List.of(hook("/hook")))) {
            harness.open();
            harness.processElement(Letters.notice("id1", false, "hook"), 0);
            harness.processElement(Letters.notice("id2", false, "hook"), 0);
            snapshot = harness.snapshot(1, 1);
            await().until(() -> away.getCount() == 0);
        }
        try (OneInputStreamOperatorTestHarness<Notice, Delivery> harness = harness(List.of(hook("/hook")))) {
            harness.initializeState(snapshot);
            harness.open();
            harness.endInput();

            assertThat(harness.extractOutputValues())
                    .extracting(Delivery::key)
                    .containsExactlyInAnyOrder("id1-first-hook", "id2-first-hook");
        }
        assertThat(bodies.size()).as("at least once, and one of them again").isGreaterThanOrEqualTo(3);
        assertThat(bodies.stream().distinct()).hasSize(2);
    }

    @Test
    void aMessageForAChannelThatIsGoneIsGivenUpAfterARestart() throws Exception {
        receiver("/hook", (key, attempt) -> 200);
        OperatorSubtaskState snapshot;
        CountDownLatch release = new CountDownLatch(1);
        receiver("/old", (key, attempt) -> {
            release.await();
            return 200;
        });
        Channel old = Channel.webhook("old", address("/old"), "");
        try (OneInputStreamOperatorTestHarness<Notice, Delivery> harness = harness(List.of(old))) {
            harness.open();
            harness.processElement(Letters.notice("id1", false, "old"), 0);
            snapshot = harness.snapshot(1, 1);
        }
        release.countDown();
        try (OneInputStreamOperatorTestHarness<Notice, Delivery> harness = harness(List.of(hook("/hook")))) {
            harness.initializeState(snapshot);
            harness.open();
            harness.endInput();

            assertThat(harness.extractOutputValues())
                    .extracting(Delivery::reason)
                    .containsExactly("there is no such channel any more");
        }
    }

    private static final AtomicReference<List<Channel>> CHANNELS = new AtomicReference<>(List.of());

    /** Known as they were before; looked up as they are. */
    private record Changing(List<Channel> before) implements Channels {

        @Override
        public List<Channel> known() {
            return before;
        }

        @Override
        public List<Channel> refreshed() {
            return CHANNELS.get();
        }

        @Override
        public void close() {}
    }

    @Test
    void aRuleMayTellAChannelThatIsNotKnownHereYet() throws Exception {
        receiver("/hook", (key, attempt) -> 200);
        CHANNELS.set(List.of(hook("/hook")));

        try (OneInputStreamOperatorTestHarness<Notice, Delivery> harness = new OneInputStreamOperatorTestHarness<>(
                new Deliver(() -> new Changing(List.of()), EvidenceFolder.NONE, BRISK, Clock.systemUTC()))) {
            harness.open();
            harness.processElement(Letters.notice("id1", false, "hook"), 0);
            harness.endInput();

            assertThat(harness.extractOutputValues())
                    .extracting(Delivery::state)
                    .containsExactly(Delivery.State.DELIVERED);
        }
    }

    @Test
    void whatWaitsForAChannelGoesWhereItIsNow() throws Exception {
        receiver("/before", (key, attempt) -> 503);
        receiver("/now", (key, attempt) -> 200);
        CHANNELS.set(List.of(hook("/before")));

        try (OneInputStreamOperatorTestHarness<Notice, Delivery> harness = new OneInputStreamOperatorTestHarness<>(
                new Deliver(Following::new, EvidenceFolder.NONE, new Patience(3, 60_000, 60_000), Clock.systemUTC()))) {
            harness.open();
            harness.processElement(Letters.notice("id1", false, "hook"), 0);
            await().until(() -> !keys.isEmpty());
            CHANNELS.set(List.of(hook("/now")));
            harness.setProcessingTime(2_000);
            harness.endInput();

            assertThat(harness.extractOutputValues())
                    .extracting(Delivery::state)
                    .containsExactly(Delivery.State.DELIVERED);
        }
    }

    private static final class Following implements Channels {

        @Override
        public List<Channel> known() {
            return CHANNELS.get();
        }

        @Override
        public List<Channel> refreshed() {
            return CHANNELS.get();
        }

        @Override
        public void close() {}
    }

    private List<Delivery> run(List<Channel> channels, Notice... notices) throws Exception {
        try (OneInputStreamOperatorTestHarness<Notice, Delivery> harness = harness(channels)) {
            harness.open();
            for (Notice notice : notices) {
                harness.processElement(notice, 0);
            }
            harness.endInput();
            return new ArrayList<>(harness.extractOutputValues());
        }
    }

    private static OneInputStreamOperatorTestHarness<Notice, Delivery> harness(List<Channel> channels)
            throws Exception {
        return new OneInputStreamOperatorTestHarness<>(
                new Deliver(Channels.Opener.of(channels), EvidenceFolder.NONE, BRISK, Clock.systemUTC()));
    }

    private void receiver(String path, Receiver receiver) {
        server.createContext(path, exchange -> {
            String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
            exchange.getRequestBody().readAllBytes();
            int attempt =
                    attempts.computeIfAbsent(key, any -> new AtomicInteger()).incrementAndGet();
            try {
                keys.add(key);
                exchange.sendResponseHeaders(receiver.take(key, attempt), -1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
    }

    private Channel hook(String path) {
        return Channel.webhook("hook", address(path), "secret");
    }

    private String address(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }
}
