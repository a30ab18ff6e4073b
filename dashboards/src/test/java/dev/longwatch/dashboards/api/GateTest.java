// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.longwatch.dashboards.api.TestApi.Answer;
import dev.longwatch.dashboards.api.auth.ApiToken;
import dev.longwatch.dashboards.api.http.ApiServer;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.client.ElasticsearchAddress;
import dev.longwatch.indexer.schema.IndexNames;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** Who may come in; and what is said when Elasticsearch is away, which it is here: 503 is what a guest gets. */
class GateTest {

    private static final String LOG_IN = "/api/v1/session";
    private static final int IN = 503;

    @TempDir
    Path data;

    private final Elasticsearch nowhere = Elasticsearch.unprobed(ElasticsearchAddress.of("http://127.0.0.1:1"));
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Level level = root.getLevel();

    @BeforeEach
    void listen() {
        logged.start();
        root.addAppender(logged);
        // logback.xml holds back those who write headers down at DEBUG
        root.setLevel(Level.INFO);
    }

    @AfterEach
    void close() {
        root.setLevel(level);
        root.detachAppender(logged);
        nowhere.close();
    }

    private TestApi start(ApiToken token) {
        return TestApi.start(ApiSettings.onLoopback(0, data), token, nowhere, IndexNames.STANDARD);
    }

    @Test
    void onlyTheTokenOpens() {
        try (TestApi api = start(ApiToken.of(TestApi.TOKEN))) {
            assertThat(api.get("/api/v1/videos").status()).isEqualTo(IN);
            for (String wrong : List.of(
                    "Bearer wrong",
                    "Bearer ",
                    "Bearer",
                    "Basic YTpi",
                    TestApi.TOKEN,
                    "Bearer " + TestApi.TOKEN + "x")) {
                Answer answer = api.send(api.anonymous("/api/v1/videos").header("Authorization", wrong));
                assertThat(answer.status()).as(wrong).isEqualTo(401);
                assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
            }
            assertThat(api.send(api.anonymous("/metrics")).status()).isEqualTo(401);
            assertThat(api.send(api.anonymous("/healthz")).status()).isEqualTo(200);
        }
    }

    @Test
    void elasticsearchBeingAwayIsSaidWithATimeToComeBack() {
        try (TestApi api = start(ApiToken.of(TestApi.TOKEN))) {
            for (String path :
                    List.of("/readyz", "/api/v1/events", "/api/v1/search?text=car", "/api/v1/events/stream")) {
                Answer answer = api.get(path);
                assertThat(answer.status()).as(path).isEqualTo(503);
                assertThat(answer.header("Retry-After")).isEqualTo("5");
                assertThat(answer.text()).doesNotContain("127.0.0.1");
            }
        }
    }

    @Test
    void aTokenIsMadeOnceAndOnlyItsHashIsKept() throws IOException {
        String token = ApiToken.create(data.resolve("api")).orElseThrow();
        assertThat(ApiToken.create(data.resolve("api"))).isEmpty();
        assertThat(token).matches("lw_[A-Za-z0-9_-]{43}");
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file)).doesNotContain(token.substring(3));
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
            }
        }
        assertThat(ApiToken.keptIn(data.resolve("api")).toString()).doesNotContain(token);
    }

    @Test
    void aNewTokenVoidsTheOldOneAndItsSessionsWhileTheServerRuns() {
        Path folder = data.resolve("api");
        String old = ApiToken.create(folder).orElseThrow();
        try (TestApi api = start(ApiToken.keptIn(folder))) {
            String cookie = logIn(api, old);
            assertThat(api.send(api.anonymous("/api/v1/videos").header("Cookie", cookie))
                            .status())
                    .isEqualTo(IN);

            String fresh = ApiToken.renew(folder);

            assertThat(bearer(api, old)).isEqualTo(401);
            assertThat(bearer(api, fresh)).isEqualTo(IN);
            assertThat(api.send(api.anonymous("/api/v1/videos").header("Cookie", cookie))
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void aSessionIsACookieThatNoScriptReadsAndNoOtherSiteUses() {
        try (TestApi api = start(ApiToken.of(TestApi.TOKEN))) {
            String cookie = logIn(api, TestApi.TOKEN);
            assertThat(api.send(api.anonymous("/api/v1/videos").header("Cookie", cookie))
                            .status())
                    .isEqualTo(IN);
            assertThat(delete(api, cookie, "http://evil.example", "cross-site")).isEqualTo(403);
            assertThat(delete(api, cookie, "http://127.0.0.1:" + api.port(), "cross-site"))
                    .isEqualTo(403);
            assertThat(delete(api, cookie, "http://127.0.0.1:1", "same-origin")).isEqualTo(403);
            assertThat(delete(api, cookie, "null", "same-origin")).isEqualTo(403);
            assertThat(delete(api, cookie, "http://127.0.0.1:" + api.port(), "same-origin"))
                    .isEqualTo(204);
            assertThat(api.send(api.anonymous("/api/v1/videos").header("Cookie", cookie))
                            .status())
                    .isEqualTo(401);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "localhost,            200",
        "LOCALHOST:80,         200",
        "127.0.0.1:8420,       200",
        "[::1]:8420,           200",
        "10.0.0.7,             200",
        "cam.example,          200",
        "evil.example,         421",
        "evil.example:8420,    421",
        "127.0.0.1.evil.example, 421",
        "localhost.evil.example, 421",
    })
    void itAnswersToItsOwnNamesOnly(String host, int status) throws IOException {
        ApiSettings settings = new ApiSettings("127.0.0.1", 0, Set.of("cam.example"), 10, data);
        try (TestApi api = TestApi.start(settings, ApiToken.of(TestApi.TOKEN), nowhere, IndexNames.STANDARD);
                Socket socket = new Socket("127.0.0.1", api.port())) {
            OutputStream out = socket.getOutputStream();
            out.write(("GET /healthz HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 " + status + " ");
        }
    }

    @Test
    void tooManyRequestsHaveToWaitAndGuessesKeepNobodyOut() {
        ApiSettings settings = new ApiSettings("127.0.0.1", 0, Set.of(), 1, data);
        try (TestApi api = TestApi.start(settings, ApiToken.of(TestApi.TOKEN), nowhere, IndexNames.STANDARD)) {
            assertThat(firstTooMany(api, "guess")).isTrue();
            assertThat(api.get("/metrics").status()).isEqualTo(200);
            assertThat(firstTooMany(api, TestApi.TOKEN)).isTrue();
        }
    }

    private static boolean firstTooMany(TestApi api, String token) {
        for (int i = 0; i < 100; i++) {
            Answer answer = api.send(api.anonymous("/metrics").header("Authorization", "Bearer " + token));
            if (answer.status() == 429) {
                assertThat(Integer.parseInt(answer.header("Retry-After"))).isPositive();
                return true;
            }
        }
        return false;
    }

    @Test
    void theTokenIsInNoLog() {
        try (TestApi api = start(ApiToken.of(TestApi.TOKEN))) {
            api.get("/api/v1/videos");
            api.get("/api/v1/events/stream");
            String cookie = logIn(api, TestApi.TOKEN);
            api.send(api.anonymous("/api/v1/videos").header("Cookie", cookie));
            bearer(api, "a guess of somebody's");
            assertThat(logged.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .isNotEmpty()
                    .noneMatch(line -> line.contains(TestApi.TOKEN))
                    .noneMatch(line -> line.contains(cookie.substring(cookie.indexOf("lw_"))))
                    .noneMatch(line -> line.contains("a guess of somebody's"));
        }
    }

    @Test
    void twoDoNotListenAtOnePort() {
        try (TestApi api = start(ApiToken.of(TestApi.TOKEN))) {
            ApiSettings same = ApiSettings.onLoopback(api.port(), data);
            assertThatExceptionOfType(ApiServer.CannotListen.class)
                    .isThrownBy(() -> TestApi.start(same, ApiToken.of("x"), nowhere, IndexNames.STANDARD))
                    .withMessageContaining(Integer.toString(api.port()));
        }
    }

    private static String logIn(TestApi api, String token) {
        assertThat(api.send(api.anonymous(LOG_IN)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString("{\"token\": \"wrong\"}")))
                        .status())
                .isEqualTo(401);
        Answer answer = api.send(api.anonymous(LOG_IN)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"token\": \"" + token + "\"}")));
        assertThat(answer.status()).isEqualTo(204);
        String cookie = answer.header("Set-Cookie");
        assertThat(cookie).contains("; HttpOnly").contains("; SameSite=Strict").doesNotContain(token);
        return cookie.substring(0, cookie.indexOf(';'));
    }

    private static int bearer(TestApi api, String token) {
        return api.send(api.anonymous("/api/v1/videos").header("Authorization", "Bearer " + token))
                .status();
    }

    private static int delete(TestApi api, String cookie, String origin, String site) {
        return api.send(api.anonymous(LOG_IN)
                        .header("Cookie", cookie)
                        .header("Origin", origin)
                        .header("Sec-Fetch-Site", site)
                        .DELETE())
                .status();
    }
}
