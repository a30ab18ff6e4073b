// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api;

import static dev.longwatch.dashboards.api.Kept.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.longwatch.dashboards.api.TestApi.Answer;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.local.TestElasticsearch;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.search.Stored;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadInputTest {

    @RegisterExtension
    static final TestElasticsearch SERVER = new TestElasticsearch();

    @TempDir
    static Path data;

    private static Elasticsearch elasticsearch;
    private static TestApi api;

    @BeforeAll
    static void start() throws IOException {
        elasticsearch = Elasticsearch.open(SERVER.address());
        IndexNames names = new IndexNames(SERVER.prefix() + "-bad");
        Stored.in(elasticsearch, names)
                .events(
                        event("car", "gate", "/gate.mp4", "a car", 1_000),
                        event("dog", "yard", "/y.mp4", "a dog", 2_000))
                .alerts(Kept.alert(event("car", "gate", "", "a car", 1_000)))
                .store();
        api = TestApi.start(elasticsearch, names, data);
    }

    @AfterAll
    static void stop() {
        api.close();
        elasticsearch.close();
    }

    static Stream<Arguments> queries() {
        return Stream.of(
                arguments("/search", "text"),
                arguments("/search?text=", "text"),
                arguments("/search?text=%20%20", "text"),
                arguments("/search?text=" + "x".repeat(4_000), "text"),
                arguments("/search?text=" + encoded("🚗🚗🔥"), "text"),
                arguments("/search?text=" + encoded("{}[]()!?*~^:\\/"), "text"),
                arguments("/search?text=%00car", "text"),
                arguments("/search?text=car&text=dog", "text"),
                arguments("/search?text=car&q=*:*", "q"),
                arguments("/search?text=car&query=" + encoded("{\"match_all\":{}}"), "query"),
                arguments("/search?text=car&limit=0", "limit"),
                arguments("/search?text=car&limit=1e9", "limit"),
                arguments("/search?text=car&limit=99999999999999999999", "limit"),
                arguments("/search?text=car&limit=101&group=video", "limit"),
                arguments("/search?text=car&group=rule", "group"),
                arguments("/search?text=car&per_group=0", "per_group"),
                arguments("/search?text=car&verdict=true", "verdict"),
                arguments("/search?text=car&verdict=open&verdict=perhaps", "verdict"),
                arguments("/search?text=car&label=", "label"),
                arguments("/search?text=car&cursor=", "cursor"),
                arguments("/search?text=car&cursor=abc", "cursor"),
                arguments("/search?text=car&cursor=" + "x".repeat(5_000), "cursor"),
                arguments("/search?text=car&stream=nobody", "stream"),
                arguments("/search?text=car&stream=", "stream"),
                arguments("/search?text=car&stream=" + "x".repeat(600), "stream"),
                arguments("/events?stream=" + encoded("gate OR *"), "stream"),
                arguments("/events?from=5&to=3", "to"),
                arguments("/events?from=2026-11-30T12:00:00Z&to=2026-11-29T12:00:00Z", "to"),
                arguments("/events?from=5&to=2026-11-29T12:00:00Z", "to"),
                arguments("/events?from=-5", "from"),
                arguments("/events?from=NaN", "from"),
                arguments("/events?from=1e99", "from"),
                arguments("/events?from=999999999999999", "from"),
                arguments("/events?from=99999999999:00:00", "from"),
                arguments("/events?from=2026-02-31T00:00:00Z", "from"),
                arguments("/events?from=2026-11-30T12:00:00", "from"),
                arguments("/events?from=%2B999999999-12-31T23:59:59Z", "from"),
                arguments("/events?from=now-1d", "from"),
                arguments("/events?from=1969-12-31", "from"),
                arguments("/events?min_confidence=2", "min_confidence"),
                arguments("/events?order=random", "order"),
                arguments("/events?verdict=wrong", "verdict"),
                arguments("/events/stream?verdict=open", "verdict"),
                arguments("/events?cursor=abc", "cursor"),
                arguments("/events?cursor=" + "x".repeat(5_000), "cursor"),
                arguments("/events/stream?after=abc", "after"),
                arguments("/coverage", "stream"),
                arguments("/coverage?stream=nobody", "stream"),
                arguments("/coverage?stream=gate&from=5&to=5", "to"),
                arguments("/coverage?stream=gate&from=2026-01-01&to=2026-11-30T12:00:00Z", "from"),
                arguments("/videos?limit=-1", "limit"),
                arguments("/videos?cursor=W10", "cursor"),
                arguments("/videos/gate?verbose=1", "verbose"));
    }

    @ParameterizedTest
    @MethodSource("queries")
    void whatMakesNoSenseInAQueryIsNamed(String path, String field) {
        Answer answer = api.get("/api/v1" + path);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
        assertThat(answer.fields()).contains(field);
        assertThat(answer.text()).hasSizeLessThan(4_000);
    }

    static Stream<Arguments> bodies() {
        return Stream.of(
                arguments("", 400, ""),
                arguments("[]", 400, ""),
                arguments("null", 400, ""),
                arguments("\"car\"", 400, ""),
                arguments("{\"text\": \"car\"", 400, ""),
                arguments("{\"text\": \"car\"} {}", 400, ""),
                arguments("{\"text\": \"car\", \"text\": \"dog\"}", 400, ""),
                arguments("{\"text\": NaN}", 400, ""),
                arguments("[".repeat(100_000), 400, ""),
                arguments("{\"text\": ".repeat(50) + "1" + "}".repeat(50), 400, ""),
                arguments("{\"limit\": " + "9".repeat(5_000) + "}", 400, ""),
                arguments("{}", 422, "text"),
                arguments("{\"text\": null}", 422, "text"),
                arguments("{\"text\": 5}", 422, "text"),
                arguments("{\"text\": [\"car\", \"dog\"]}", 422, "text"),
                arguments("{\"text\": {\"query\": \"car\"}}", 422, "text"),
                arguments("{\"text\": \"" + "x".repeat(10_240) + "\"}", 422, "text"),
                arguments("{\"text\": \"🚗\"}", 422, "text"),
                arguments("{\"text\": \"car \\ud800\"}", 422, "text"),
                arguments("{\"text\": \"car\", \"limit\": \"5\"}", 422, "limit"),
                arguments("{\"text\": \"car\", \"limit\": 1.5}", 422, "limit"),
                arguments("{\"text\": \"car\", \"limit\": 1e400000}", 422, "limit"),
                arguments("{\"text\": \"car\", \"min_confidence\": -0.1}", 422, "min_confidence"),
                arguments("{\"text\": \"car\", \"from\": 1e-400000}", 422, "from"),
                arguments("{\"text\": \"car\", \"from\": true}", 422, "from"),
                arguments("{\"text\": \"car\", \"stream\": [\"gate\", 5]}", 422, "stream"),
                arguments("{\"text\": \"car\", \"query\": {\"match_all\": {}}}", 422, "query"),
                arguments("{\"text\": \"car\", \"script\": \"1\"}", 422, "script"));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void whatMakesNoSenseInABodyIsNamed(String body, int status, String field) {
        Answer answer = api.post("/api/v1/search", body);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        if (!field.isEmpty()) {
            assertThat(answer.fields()).contains(field);
        }
        assertThat(answer.text()).hasSizeLessThan(4_000);
    }

    @Test
    void aBodyOf10MegabytesIsTooLargeHoweverItComes() {
        byte[] body = ("{\"text\": \"" + "x".repeat(10 << 20) + "\"}").getBytes(UTF_8);
        assertThat(api.send(api.json("/api/v1/search").POST(BodyPublishers.ofByteArray(body)))
                        .status())
                .isEqualTo(413);
        // in chunks, without saying how long it is
        assertThat(api.send(api.json("/api/v1/search")
                                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))))
                        .status())
                .isEqualTo(413);
        assertThat(api.send(api.request("/healthz")).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-16", "''"})
    void onlyJsonIsRead(String type) {
        var request = api.request("/api/v1/search").POST(BodyPublishers.ofString("{\"text\": \"car\"}"));
        Answer answer = api.send(type.isEmpty() ? request : request.header("Content-Type", type));
        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.header("Accept")).isEqualTo("application/json");
    }

    @Test
    void whatIsCompressedIsNotRead() {
        assertThat(api.send(api.json("/api/v1/search")
                                .header("Content-Encoding", "gzip")
                                .POST(BodyPublishers.ofString("{\"text\": \"car\"}")))
                        .status())
                .isEqualTo(415);
    }

    /** They look like queries of Elasticsearch, and are words: a star finds nothing that a star does not stand in. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "text:*",
                "rule:/.*/ OR zebra",
                "zebra) OR (confidence:[0 TO 1]",
                "{\"match_all\":{}} zebra",
                "zebra\"}},\"query\":{\"match_all\":{",
                "_exists_:stream",
                "'; DROP TABLE events; --",
                "<script>alert(1)</script>"
            })
    void nothingOfElasticsearchsLanguagePassesThrough(String text) {
        Answer answer = api.get("/api/v1/search?text=" + encoded(text));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.json().path("total").asInt()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "{},                                                       body",
        "{\"verdict\": \"maybe\"},                                 verdict",
        "{\"verdict_reason\": \"a shadow\"},                       verdict_reason",
        "{\"acknowledged_by\": null},                              acknowledged_by",
        "{\"snoozed_until\": \"tomorrow\"},                        snoozed_until",
        "{\"stream\": \"gate\"},                                   stream",
    })
    void anAlertIsOnlyHandledByWhatIsKnown(String body, String field) {
        Answer answer = api.patch("/api/v1/alerts/car/handling", body);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.fields()).contains(field);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/media/nobody",
                "/api/v1/media/..%2F..%2F..%2Fetc%2Fpasswd",
                "/api/v1/media/%2Fetc%2Fpasswd",
                "/api/v1/media/gate/segments/2026-11-30T12/..%2F..%2Findex%2F2026-11-30T12.jsonl",
                "/api/v1/media/gate/segments/..%2Findex/1-2.mp4",
                "/api/v1/media/gate/segments/2026-11-30T12/1-2.mp4"
            })
    void noPathLeadsOutOfWhatWasWatched(String path) {
        assertThat(api.get(path).status()).isIn(400, 404);
    }

    /** What no client library sends. */
    static List<String> raw() {
        return List.of(
                "GET /%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /api/v1/../../etc/passwd HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /api/v1/videos/%2e%2e HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /api/v1/videos/x;y=z/a%00b HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
                "NONSENSE\r\n\r\n",
                "GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(70_000) + "\r\n\r\n",
                "GET /" + "x".repeat(70_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "POST /api/v1/search HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n",
                "POST /api/v1/search HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n"
                        + "Connection: close\r\n\r\nzzz\r\n",
                "TRACE / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "CONNECT localhost:1 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    }

    @ParameterizedTest
    @MethodSource("raw")
    void whatIsNoProperHttpIsRefusedAsAProblem(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", api.port())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(UTF_8));
            out.flush();
            socket.shutdownOutput();
            InputStream in = socket.getInputStream();
            String answer = new String(in.readAllBytes(), UTF_8);
            assertThat(answer).matches("(?s)HTTP/1.1 (4\\d\\d|505) .*");
            assertThat(answer)
                    .contains("application/problem+json")
                    .doesNotContain("<html")
                    .doesNotContain("Jetty");
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
