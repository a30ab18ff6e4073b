// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api;

import static dev.longwatch.dashboards.api.Kept.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longwatch.dashboards.api.TestApi.Answer;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.local.TestElasticsearch;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.search.Stored;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What the API has processes do: rules tried, questions answered, clips made, streams opened. The processes are the real ones. */
class TrialsTest {

    @RegisterExtension
    static final TestElasticsearch SERVER = new TestElasticsearch();

    private static final Path ROOT = Path.of(System.getProperty("longwatch.root"));
    private static final Path STREET = ROOT.resolve("sample/street.mp4");

    /** On the grid of clips: a multiple of 14 s. */
    private static final long BEGUN = 1_796_000_016_000L / 14_000 * 14_000;

    @TempDir
    static Path data;

    private static @Nullable String home;
    private static Elasticsearch elasticsearch;
    private static TestApi api;

    @BeforeAll
    static void start() throws IOException {
        home = System.setProperty("longwatch.home", ROOT.toString());
        Path segment = data.resolve("recordings/gate/segments/x/1-1.mp4");
        Files.createDirectories(segment.getParent());
        Files.copy(STREET, segment);
        Path index = Files.createDirectories(data.resolve("recordings/gate/index"));
        Files.writeString(
                index.resolve(Instant.ofEpochMilli(BEGUN).toString().substring(0, 13) + ".jsonl"),
                "{\"type\":\"segment\",\"stream\":\"gate\",\"path\":\"segments/x/1-1.mp4\",\"startMillis\":" + BEGUN
                        + ",\"endMillis\":" + (BEGUN + 75_000) + ",\"clockMicros\":" + BEGUN * 1_000 + "}\n",
                UTF_8);
        elasticsearch = Elasticsearch.open(SERVER.address());
        IndexNames names = new IndexNames(SERVER.prefix() + "-trials");
        Stored.in(elasticsearch, names)
                .events(
                        event("car", "street.mp4", STREET.toString(), "a car enters", 5_000),
                        event("bus", "street.mp4", STREET.toString(), "a bus is there", 30_000))
                .store();
        api = TestApi.start(elasticsearch, names, data);
    }

    @AfterAll
    static void stop() {
        api.close();
        elasticsearch.close();
        if (home == null) {
            System.clearProperty("longwatch.home");
        } else {
            System.setProperty("longwatch.home", home);
        }
    }

    @Test
    void aRuleIsTriedOnAFile() {
        JsonNode tried = api.post(
                        "/api/v1/rules/test",
                        "{\"when\":\"a bus is there\",\"on\":\"street.mp4\",\"from\":20,\"to\":60}")
                .json();

        assertThat(tried.path("live").asBoolean()).isFalse();
        assertThat(tried.path("moments").isEmpty()).as(tried.toString()).isFalse();
        // the sample's bus comes after half a minute
        assertThat(tried.at("/moments/0/start/seconds").asDouble()).isBetween(29.0, 40.0);
        assertThat(tried.path("watched_seconds").asDouble()).isBetween(35.0, 76.0);
        assertThat(tried.path("probabilities").isEmpty()).isFalse();
        assertThat(tried.has("problem")).isFalse();
    }

    @Test
    void aRuleIsTriedOnTheEndOfARecording() {
        JsonNode tried = api.post(
                        "/api/v1/rules/test",
                        "{\"when\":\"a bus is there\",\"on\":\"gate\",\"last_seconds\":70,\"threshold\":0.4}")
                .json();

        assertThat(tried.path("live").asBoolean()).as(tried.toString()).isTrue();
        assertThat(tried.path("threshold").asDouble()).isEqualTo(0.4);
        assertThat(tried.at("/moments/0/start/seconds").asDouble() - BEGUN / 1_000.0)
                .isBetween(29.0, 40.0);
    }

    @Test
    void whatCannotBeTriedIsRefused() {
        assertThat(test("{\"on\":\"street.mp4\"}").fields()).contains("when");
        assertThat(test("{\"when\":\"a car\",\"absent\":\"a car\",\"on\":\"street.mp4\"}")
                        .fields())
                .contains("when");
        assertThat(test("{\"when\":\"a car\",\"on\":\"gate\",\"from\":1,\"last_seconds\":5}")
                        .fields())
                .containsExactly("last_seconds");
        assertThat(test("{\"when\":\"a car\",\"on\":\"gate\",\"from\":1,\"to\":2}")
                        .fields())
                .containsExactly("from");
        assertThat(test("{\"when\":\"a car\",\"on\":\"nobody\"}").status()).isEqualTo(404);
    }

    @Test
    void aQuestionIsAnsweredWithItsMoments() {
        JsonNode answer = api.post(
                        "/api/v1/ask", "{\"question\":\"when does a car enter?\",\"streams\":[\"street.mp4\"]}")
                .json();

        assertThat(answer.path("known").asBoolean()).as(answer.toString()).isTrue();
        assertThat(answer.path("rests").isEmpty()).isFalse();
        assertThat(answer.at("/rests/0/stream").asText()).isEqualTo("street.mp4");
    }

    @Test
    void anAnswerIsToldAsItComes() throws Exception {
        Iterator<String> lines = api.lines(api.json("/api/v1/ask")
                .header("Accept", "text/event-stream")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"question\":\"when does a car enter?\",\"streams\":[\"street.mp4\"]}")));
        List<String> events = new ArrayList<>();
        String last = "";
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.startsWith("event: ")) {
                events.add(line.substring(7));
            } else if (line.startsWith("data: ")) {
                last = line.substring(6);
            }
        }
        assertThat(events).contains("piece", "rests").endsWith("answer");
        assertThat(new ObjectMapper().readTree(last).path("known").asBoolean()).isTrue();
    }

    @Test
    void whatNobodyWatchedIsNotKnownOrRefused() {
        JsonNode answer = api.post(
                        "/api/v1/ask", "{\"question\":\"is there a zeppelin?\",\"streams\":[\"street.mp4\"]}")
                .json();
        assertThat(answer.path("known").asBoolean()).isFalse();
        assertThat(answer.path("why").asText()).isNotBlank();
        assertThat(api.post("/api/v1/ask", "{\"question\":\"is there a car?\",\"streams\":[\"nobody\"]}")
                        .status())
                .isEqualTo(422);
        assertThat(api.post("/api/v1/ask", "{\"question\":\" \"}").fields()).containsExactly("question");
    }

    @Test
    void aSummaryIsThatOfTheCommandLine() {
        JsonNode summary =
                api.post("/api/v1/summaries", "{\"stream\":\"street.mp4\"}").json();
        assertThat(summary.path("events").asInt()).isEqualTo(2);
        assertThat(summary.path("chapters").isEmpty()).isFalse();
        Answer page = api.send(api.json("/api/v1/summaries")
                .header("Accept", "text/markdown")
                .POST(HttpRequest.BodyPublishers.ofString("{\"stream\":\"street.mp4\"}")));
        assertThat(page.header("Content-Type")).startsWith("text/markdown");
        assertThat(page.text()).startsWith("# street.mp4, 00:00:0").contains("## Chapters", "–");
        assertThat(api.post("/api/v1/summaries", "{\"stream\":\"nobody\"}").status())
                .isEqualTo(404);
    }

    @Test
    void aClipIsMadeAndTakenAway() {
        Answer made = api.post("/api/v1/media/clips", "{\"stream\":\"street.mp4\",\"from\":10,\"to\":12}");
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        assertThat(made.json().path("name").asText()).isEqualTo("street_00-00-10.mp4");
        assertThat(made.json().at("/start/seconds").asDouble()).isLessThanOrEqualTo(10);

        Answer clip = api.get("/api/v1/" + made.json().path("path").asText());
        assertThat(clip.status()).isEqualTo(200);
        assertThat(clip.header("Content-Type")).isEqualTo("video/mp4");
        assertThat(clip.header("Content-Disposition")).isEqualTo("attachment; filename=\"street_00-00-10.mp4\"");
        assertThat(new String(clip.body(), 4, 4, UTF_8)).isEqualTo("ftyp");

        String zeros = "0".repeat(64);
        assertThat(api.get("/api/v1/media/clips/" + zeros + "-" + zeros + "/a.mp4")
                        .status())
                .isEqualTo(404);
        assertThat(api.get("/api/v1/media/clips/..%2F..%2Fsecrets/a.mp4").status())
                .isEqualTo(404);
        assertThat(api.post("/api/v1/media/clips", "{\"stream\":\"street.mp4\",\"from\":0,\"to\":601}")
                        .fields())
                .containsExactly("to");
        assertThat(api.post("/api/v1/media/clips", "{\"stream\":\"street.mp4\",\"from\":5}")
                        .fields())
                .containsExactly("to");
    }

    @Test
    void aStreamIsOpenedAndSaysHowItIs() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        JsonNode tested = api.post(
                        "/api/v1/streams/test", "{\"url\":\"rtsp://guard:hunter2@127.0.0.1:" + port + "/a\"}")
                .json();
        assertThat(tested.path("ok").asBoolean()).isFalse();
        assertThat(tested.path("condition").asText()).isEqualTo("refused");
        assertThat(tested.path("sentence").asText()).contains("nothing listens").doesNotContain("hunter2");

        JsonNode good = api.post("/api/v1/streams/test", "{\"url\":\"" + STREET.toUri() + "\"}")
                .json();
        assertThat(good.path("ok").asBoolean()).as(good.toString()).isTrue();
        assertThat(api.post("/api/v1/streams/test", "{\"url\":\"camera\"}").fields())
                .containsExactly("url");
    }

    private static Answer test(String body) {
        return api.post("/api/v1/rules/test", body);
    }
}
