// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longwatch.dashboards.api.http.ApiServer;
import dev.longwatch.dashboards.api.http.HostCheck;
import dev.longwatch.dashboards.api.http.Idempotency;
import dev.longwatch.dashboards.api.http.Input;
import dev.longwatch.dashboards.api.http.Route;
import io.javalin.http.Context;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyTest {

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicInteger orders = new AtomicInteger();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch slow = new CountDownLatch(1);
    private ApiServer server;

    @BeforeEach
    void start() {
        server = start(Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private ApiServer start(Clock clock) {
        Idempotency idempotency = new Idempotency(folder.resolve("answers"), clock);
        ApiServer started = new ApiServer(
                "127.0.0.1",
                0,
                new HostCheck(Set.of()),
                List.of(Route.post("/orders", this::order)),
                route -> context -> idempotency.answer(context, route.handler()));
        started.start();
        return started;
    }

    private void order(Context context) throws InterruptedException {
        Input body = Input.ofBody(context);
        String what = body.words("what", 100);
        body.done();
        if (what.equals("slow")) {
            begun.countDown();
            slow.await();
        }
        if (what.equals("failing") && orders.getAndIncrement() == 0) {
            throw new IllegalStateException("the first time it fails");
        }
        context.status(201).json(Map.of("order", orders.incrementAndGet()));
    }

    @Test
    void theSameKeyIsDoneOnceAlsoAfterARestart() throws Exception {
        HttpResponse<String> first = post("a", "{\"what\": \"tea\"}");
        assertThat(first.statusCode()).isEqualTo(201);
        server.close();
        server = start(Clock.systemUTC());

        HttpResponse<String> second = post("a", "{\"what\": \"tea\"}");
        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(second.headers().firstValue("Idempotency-Replayed")).contains("true");
        assertThat(post("b", "{\"what\": \"tea\"}").body()).isNotEqualTo(first.body());
        assertThat(orders).hasValue(2);
    }

    @Test
    void aKeyThatCameWithAnotherRequestIsRefused() throws Exception {
        post("a", "{\"what\": \"tea\"}");
        HttpResponse<String> other = post("a", "{\"what\": \"coffee\"}");
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(other.body()).contains("\"field\":\"Idempotency-Key\"");
        assertThat(orders).hasValue(1);
    }

    @Test
    void whatHasFailedMayBeTriedAgain() throws Exception {
        assertThat(post("a", "{\"what\": \"failing\"}").statusCode()).isEqualTo(500);
        assertThat(post("a", "{\"what\": \"failing\"}").statusCode()).isEqualTo(201);
        assertThat(post("c", "{}").statusCode()).isEqualTo(422);
        assertThat(post("c", "{\"what\": \"tea\"}").statusCode()).isEqualTo(201);
    }

    @Test
    void twoAtOnceAreDoneOnce() throws Exception {
        CompletableFuture<HttpResponse<String>> first =
                client.sendAsync(request("a", "{\"what\": \"slow\"}"), BodyHandlers.ofString());
        begun.await();
        assertThat(post("a", "{\"what\": \"slow\"}").statusCode()).isEqualTo(409);
        slow.countDown();
        assertThat(first.get().statusCode()).isEqualTo(201);
        assertThat(orders).hasValue(1);
    }

    @Test
    void afterADayItIsANewRequest() throws Exception {
        post("a", "{\"what\": \"tea\"}");
        server.close();
        server = start(Clock.fixed(Instant.now().plus(Duration.ofHours(25)), ZoneOffset.UTC));
        assertThat(post("a", "{\"what\": \"coffee\"}").statusCode()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "a b"})
    void keysAreVisibleAscii(String key) throws Exception {
        assertThat(post(key, "{\"what\": \"tea\"}").statusCode()).isEqualTo(422);
    }

    private HttpResponse<String> post(String key, String body) throws Exception {
        return client.send(request(key, body), BodyHandlers.ofString());
    }

    private HttpRequest request(String key, String body) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/orders"))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }
}
