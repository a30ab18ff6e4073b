// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import dev.longwatch.indexer.client.IndexException.Reason;
import dev.longwatch.indexer.local.TestElasticsearch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ElasticsearchTest {

    @Test
    void theRealServerIsOpened() {
        try (Elasticsearch elasticsearch = Elasticsearch.open(TestElasticsearch.server())) {
            elasticsearch.probe();
        }
    }

    @Test
    void aClosedPortIsRefusedInOneLine() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }

        refused(Reason.UNREACHABLE, ElasticsearchAddress.of("http://127.0.0.1:" + port), "127.0.0.1:" + port);
    }

    @Test
    void anUnknownHostIsRefusedInOneLine() {
        refused(Reason.UNREACHABLE, ElasticsearchAddress.of("http://nowhere.invalid:9200"), "nowhere.invalid");
    }

    @Test
    void aServerThatNeverAnswersIsRefusedInTime() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            refused(
                    Reason.UNREACHABLE,
                    ElasticsearchAddress.of("http://127.0.0.1:" + silent.getLocalPort()),
                    "no answer in time");
        }
    }

    @Test
    void aWrongPasswordIsRefusedWithoutShowingIt() throws IOException {
        String body = "{\"error\":{\"type\":\"security_exception\",\"reason\":\"unable to authenticate user [ada]\","
                + "\"root_cause\":[]},\"status\":401}";
        answering(401, true, body, address -> {
            refused(Reason.UNAUTHORISED, address.withUser("ada", "s3cret"), "401", "user 'ada'");
            refused(Reason.UNAUTHORISED, address.withApiKey("s3cret"), "the API key is not accepted");
            refused(Reason.UNAUTHORISED, address, "it wants a user or an API key");
        });
    }

    @Test
    void anotherProgramOnThatPortIsNotTakenForElasticsearch() throws IOException {
        answering(
                200, false, "hello", address -> refused(Reason.NOT_ELASTICSEARCH, address, "not as an Elasticsearch"));
        answering(404, false, "no", address -> refused(Reason.NOT_ELASTICSEARCH, address, "not as an Elasticsearch"));
    }

    @Test
    void aProxyWithoutAServerBehindItIsNoServer() throws IOException {
        answering(503, false, "later", address -> refused(Reason.UNREACHABLE, address, "cannot answer now: 503"));
    }

    private static void refused(Reason reason, ElasticsearchAddress address, String... words) {
        long began = System.nanoTime();
        assertThatExceptionOfType(IndexException.class)
                .isThrownBy(() -> Elasticsearch.open(address))
                .satisfies(e -> assertThat(e.reason()).as(e.getMessage()).isEqualTo(reason))
                .satisfies(e -> assertThat(e.getMessage())
                        .contains(words)
                        .doesNotContain("\n")
                        .doesNotContain("s3cret"));
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
    }

    private interface Check {
        void accept(ElasticsearchAddress address);
    }

    private static void answering(int status, boolean elastic, String body, Check check) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            if (elastic) {
                exchange.getResponseHeaders().add("X-elastic-product", "Elasticsearch");
            }
            exchange.getResponseHeaders().add("Content-Type", elastic ? "application/json" : "text/plain");
            exchange.sendResponseHeaders(status, body.length());
            exchange.getResponseBody().write(body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
        try {
            check.accept(ElasticsearchAddress.of(
                    "http://127.0.0.1:" + server.getAddress().getPort()));
        } finally {
            server.stop(0);
        }
    }
}
