// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longwatch.dashboards.api.TestApi.Answer;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.local.TestElasticsearch;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.schema.Schema;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class UploadsTest {

    @RegisterExtension
    static final TestElasticsearch SERVER = new TestElasticsearch();

    private static final Path ROOT = Path.of(System.getProperty("longwatch.root"));

    @TempDir
    static Path data;

    private static @Nullable String home;
    private static byte[] video;
    private static Elasticsearch elasticsearch;
    private static TestApi api;

    @BeforeAll
    static void start() throws IOException {
        home = System.setProperty("longwatch.home", ROOT.toString());
        video = Files.readAllBytes(ROOT.resolve("sample/street.mp4"));
        elasticsearch = Elasticsearch.open(SERVER.address());
        IndexNames names = new IndexNames(SERVER.prefix() + "-uploads");
        new Schema(elasticsearch, names, 0).install();
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
    void aVideoComesPieceByPieceAndIsWatched() throws IOException {
        String id = begin("my street.mp4", video.length);
        int half = video.length / 2;
        assertThat(piece(id, 0, Arrays.copyOf(video, half))
                        .json()
                        .path("received_bytes")
                        .asInt())
                .isEqualTo(half);

        Answer wrong = piece(id, 0, Arrays.copyOf(video, half));
        assertThat(wrong.status()).isEqualTo(409);
        assertThat(wrong.json().path("received_bytes").asInt()).isEqualTo(half);
        assertThat(api.post(path(id) + "/watch", "{}").status())
                .as("not all of it is there")
                .isEqualTo(409);

        piece(id, half, Arrays.copyOfRange(video, half, video.length));
        assertThat(api.get(path(id)).json().path("state").asText()).isEqualTo("received");
        assertThat(data.resolve("uploads").resolve(id).resolve("video.mp4")).hasBinaryContent(video);

        Answer watched = api.post(path(id) + "/watch", "{\"rules\":[\"a bus is there\"]}");
        assertThat(watched.status()).isEqualTo(202);
        assertThat(watched.json().path("video").asText()).isEqualTo("my street.mp4");
        await().atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> !state(id).equals("waiting") && !state(id).equals("watching"));
        assertThat(api.get(path(id)).json().path("state").asText()).isEqualTo("watched");
        JsonNode events =
                api.get("/api/v1/events?stream=my%20street.mp4").json().path("events");
        assertThat(events.isEmpty()).isFalse();
    }

    @Test
    void noMoreThanWasPromisedIsTaken() {
        String id = begin("small.mp4", 10);
        Answer more = piece(id, 0, new byte[11]);
        assertThat(more.status()).isEqualTo(422);
        assertThat(api.get(path(id)).json().path("received_bytes").asInt()).isZero();
        assertThat(piece(id, 0, new byte[10]).status()).isEqualTo(200);
    }

    @Test
    void whatNobodyGoesOnWithIsForgotten() throws IOException {
        String unfinished = begin("given up.mp4", 10);
        String whole = begin("whole.mp4", 1);
        piece(whole, 0, new byte[1]);
        FileTime longAgo = FileTime.from(Instant.now().minus(Duration.ofDays(8)));
        for (String id : List.of(unfinished, whole)) {
            Files.setLastModifiedTime(data.resolve("uploads").resolve(id).resolve("video.mp4"), longAgo);
        }

        begin("given up.mp4", 10);

        assertThat(api.get(path(unfinished)).status()).isEqualTo(404);
        assertThat(data.resolve("uploads").resolve(unfinished)).doesNotExist();
        assertThat(api.get(path(whole)).status()).isEqualTo(200);
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        begin("twice.mp4", 10);
        assertThat(api.post("/api/v1/uploads", "{\"name\":\"twice.mp4\",\"bytes\":10}")
                        .status())
                .isEqualTo(409);
        assertThat(api.post("/api/v1/uploads", "{\"name\":\" \"}").fields()).containsExactly("name", "bytes");
        assertThat(api.post("/api/v1/uploads", "{\"name\":\"huge.mp4\",\"bytes\":9007199254740992}")
                        .status())
                .isEqualTo(413);
        assertThat(api.get(path("0".repeat(32))).status()).isEqualTo(404);
        assertThat(api.get(path("..%2F..%2Fapi")).status()).isEqualTo(404);
        String id = begin("typed.mp4", 10);
        assertThat(api.patch(path(id), "{}").status()).isEqualTo(415);
        assertThat(api.send(api.request(path(id))
                                .header("Content-Type", "application/octet-stream")
                                .method("PATCH", BodyPublishers.ofByteArray(new byte[1])))
                        .fields())
                .containsExactly("Upload-Offset");
    }

    @Test
    void aNameIsNoPlaceOnTheDisk() {
        String id = begin("../../../etc/passwd", 10);
        assertThat(data.resolve("uploads").resolve(id).resolve("video")).exists();
    }

    private static String begin(String name, long bytes) {
        Answer begun = api.post("/api/v1/uploads", "{\"name\":\"" + name + "\",\"bytes\":" + bytes + "}");
        assertThat(begun.status()).as(begun.toString()).isEqualTo(201);
        assertThat(begun.json().path("received_bytes").asInt()).isZero();
        return begun.json().path("id").asText();
    }

    private static Answer piece(String id, long offset, byte[] bytes) {
        return api.send(api.request(path(id))
                .header("Content-Type", "application/octet-stream")
                .header("Upload-Offset", Long.toString(offset))
                .method("PATCH", BodyPublishers.ofByteArray(bytes)));
    }

    private static String state(String id) {
        return api.get(path(id)).json().path("state").asText();
    }

    private static String path(String id) {
        return "/api/v1/uploads/" + id;
    }
}
