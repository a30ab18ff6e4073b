// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.alert.deliver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.longwatch.indexer.alert.Channel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HttpSenderTest {

    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_800_000_000L), ZoneOffset.UTC);

    /** What the server got: headers and body. */
    private record Request(HttpExchange exchange, String body) {

        String header(String name) {
            return exchange.getRequestHeaders().getFirst(name);
        }
    }

    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aMessageIsSignedOverItsTimestampAndBody() throws Exception {
        answer(204, null);

        assertThat(send("secret")).isEqualTo(Outcome.DELIVERED);

        Request request = requests.take();
        assertThat(request.body()).isEqualTo("{\"a\":\"ü\"}");
        assertThat(request.header("Content-Type")).isEqualTo("application/json");
        assertThat(request.header("Idempotency-Key")).isEqualTo("id1-first");
        assertThat(request.header("Longwatch-Timestamp")).isEqualTo("1800000000");
        // printf '1800000000.{"a":"ü"}' | openssl dgst -sha256 -hmac secret
        assertThat(request.header("Longwatch-Signature"))
                .isEqualTo("v1=23f85995dcbad985265a0dbbe16752b2518b5729ee8fd2601288aa4de2698555");
    }

    @Test
    void withoutASecretNothingIsSigned() throws Exception {
        answer(200, null);
        send("");

        assertThat(requests.take().header("Longwatch-Signature")).isNull();
    }

    @Test
    void failuresOfTheReceiverPassAndRefusalsDoNot() throws Exception {
        for (int passing : new int[] {408, 429, 500, 502, 503, 504}) {
            answer(passing, null);
            assertThat(send("")).isEqualTo(Outcome.retry("HTTP " + passing));
        }
        for (int forGood : new int[] {400, 401, 403, 404, 410, 413, 422}) {
            answer(forGood, null);
            assertThat(send("")).isEqualTo(Outcome.refused("HTTP " + forGood));
        }
    }

    @Test
    void theReceiverSaysWhenToComeBackInSecondsOrAsADate() throws Exception {
        answer(429, "120");
        assertThat(send("").afterMillis()).isEqualTo(120_000);
        answer(503, "Fri, 15 Jan 2027 08:01:00 GMT");
        assertThat(send("").afterMillis()).isEqualTo(60_000);
        answer(503, "soon");
        assertThat(send("").afterMillis()).isZero();
    }

    @Test
    void aRedirectIsNotFollowed() throws Exception {
        server.createContext("/elsewhere", exchange -> {
            throw new AssertionError("called");
        });
        server.createContext("/in", exchange -> {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(307, -1);
            exchange.close();
        });

        assertThat(send("")).isEqualTo(Outcome.refused("HTTP 307, and redirects are not followed"));
    }

    @Test
    void aReceiverThatHangsIsLeft() throws Exception {
        try (ServerSocket hangs = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(new HttpSender(channel(hangs.getLocalPort(), ""), CLOCK, 300)
                            .send(Letters.delivery("id1", "first")))
                    .isEqualTo(Outcome.retry("no answer within 300 ms"));
        }
    }

    @Test
    void aReceiverWhoseAnswerNeverEndsIsLeft() throws Exception {
        server.createContext("/in", exchange -> {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write("begins".getBytes(UTF_8));
            exchange.getResponseBody().flush();
        });

        assertThat(new HttpSender(channel(server.getAddress().getPort(), ""), CLOCK, 1_000)
                        .send(Letters.delivery("id1", "first")))
                .isEqualTo(Outcome.retry("no answer within 1000 ms"));
    }

    @Test
    void aConnectionThatIsResetIsTriedAgain() throws Exception {
        try (ServerSocketChannel resets = ServerSocketChannel.open()) {
            resets.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            Thread resetter = new Thread(() -> {
                while (resets.isOpen()) {
                    try (SocketChannel connection = resets.accept()) {
                        connection.setOption(StandardSocketOptions.SO_LINGER, 0);
                    } catch (IOException e) {
                        // closed
                    }
                }
            });
            resetter.start();
            int port = ((InetSocketAddress) resets.getLocalAddress()).getPort();

            Outcome outcome = new HttpSender(channel(port, ""), CLOCK).send(Letters.delivery("id1", "first"));

            assertThat(outcome.kind()).isEqualTo(Outcome.Kind.RETRY);
        }
    }

    @Test
    void nobodyThereIsTriedAgain() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }

        assertThat(new HttpSender(channel(port, ""), CLOCK)
                        .send(Letters.delivery("id1", "first"))
                        .kind())
                .isEqualTo(Outcome.Kind.RETRY);
    }

    private void answer(int status, String retryAfter) {
        try {
            server.removeContext("/in");
        } catch (IllegalArgumentException first) {
            // there was none yet
        }
        server.createContext("/in", exchange -> {
            requests.add(
                    new Request(exchange, new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
            if (retryAfter != null) {
                exchange.getResponseHeaders().add("Retry-After", retryAfter);
            }
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
    }

    private Outcome send(String secret) throws InterruptedException {
        return new HttpSender(channel(server.getAddress().getPort(), secret), CLOCK)
                .send(Letters.delivery("id1", "first"));
    }

    private static Channel channel(int port, String secret) {
        return Channel.webhook("hook", "http://127.0.0.1:" + port + "/in", secret);
    }
}
