// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api;

import static dev.longwatch.dashboards.api.Kept.NOON;
import static dev.longwatch.dashboards.api.Kept.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longwatch.dashboards.api.TestApi.Answer;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.local.TestElasticsearch;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.search.Stored;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTest {

    @RegisterExtension
    static final TestElasticsearch SERVER = new TestElasticsearch();

    private static final String VIDEO = "/api/v1/media/yard%2Fdog%201.mp4";
    private static final int SIZE = 300_000;

    @TempDir
    static Path data;

    private static byte[] bytes;
    private static Path file;
    private static Elasticsearch elasticsearch;
    private static TestApi api;

    @BeforeAll
    static void start() throws IOException {
        bytes = new byte[SIZE];
        for (int i = 0; i < SIZE; i++) {
            bytes[i] = (byte) (i * 31 + i / 256);
        }
        file = Files.write(data.resolve("dog 1.mp4"), bytes);
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-11-05T08:09:10Z")));
        Path empty = Files.createFile(data.resolve("empty.webm"));
        Path recordings = data.resolve("recordings");
        record(recordings.resolve("north=20gate"));
        elasticsearch = Elasticsearch.open(SERVER.address());
        IndexNames names = new IndexNames(SERVER.prefix() + "-media");
        Stored.in(elasticsearch, names)
                .events(
                        event("dog", "yard/dog 1.mp4", file.toString(), "a dog", 1_000),
                        event("void", "empty.webm", empty.toUri().toString(), "nothing", 1_000),
                        event("away", "away.mp4", data.resolve("away.mp4").toString(), "nothing", 1_000),
                        event("folder", "folder", data.toString(), "nothing", 1_000),
                        event("car", "north gate", "recording:" + recordings, "a car", NOON),
                        event("far", "far", "rtsp://10.0.0.7/main", "a car", NOON))
                .store();
        api = TestApi.start(elasticsearch, names, data);
    }

    /** As the recording job leaves it, with a gap, and with a line half written. */
    private static void record(Path stream) throws IOException {
        Path segment = stream.resolve("segments/2026-11-30T12/1-7.mp4");
        Files.createDirectories(segment.getParent());
        Files.write(segment, Arrays.copyOf(bytes, 1_000));
        Files.write(segment.resolveSibling("1-8.mp4"), new byte[10]);
        Path index = Files.createDirectories(stream.resolve("index"));
        Files.writeString(
                index.resolve("2026-11-30T12.jsonl"),
                "{\"type\":\"segment\",\"path\":\"segments/2026-11-30T12/1-7.mp4\",\"startMillis\":" + NOON
                        + ",\"endMillis\":" + (NOON + 5_000) + ",\"bytes\":1000}\n"
                        + "{\"type\":\"gap\",\"startMillis\":" + (NOON + 5_000) + ",\"endMillis\":" + (NOON + 9_000)
                        + "}\n"
                        + "{\"type\":\"segment\",\"path\":\"segments/2026-11-30T12/2-9.mp4\",\"startMillis\":"
                        + (NOON + 9_000) + ",\"endMillis\":" + (NOON + 14_000) + ",\"bytes\":1200}\n"
                        + "{\"type\":\"segm",
                UTF_8);
    }

    @AfterAll
    static void stop() {
        api.close();
        elasticsearch.close();
    }

    @Test
    void theWholeFileIsSent() {
        Answer answer = api.get(VIDEO);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(bytes);
        assertThat(answer.header("Content-Type")).isEqualTo("video/mp4");
        assertThat(answer.header("Accept-Ranges")).isEqualTo("bytes");
        assertThat(answer.header("Last-Modified")).isEqualTo("Thu, 05 Nov 2026 08:09:10 GMT");
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0,         0,      0",
        "bytes=0-,          0,      299999",
        "bytes=100-199,     100,    199",
        "bytes=299990-,     299990, 299999",
        "bytes=299990-9e9,  -1,     -1",
        "bytes=-100,        299900, 299999",
        "bytes=-999999,     0,      299999",
        "'bytes=0-1,5-6',   -1,     -1",
        "items=0-1,         -1,     -1",
    })
    void aPartIsSentAndElseTheWhole(String range, int first, int last) {
        Answer answer = api.send(api.request(VIDEO).header("Range", range));
        if (first < 0) {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(bytes);
        } else {
            assertThat(answer.status()).isEqualTo(206);
            assertThat(answer.header("Content-Range")).isEqualTo("bytes " + first + "-" + last + "/" + SIZE);
            assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(bytes, first, last + 1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=300000-", "bytes=300000-300010", "bytes=-0"})
    void bytesThatAreNotThereAreRefusedWithTheSize(String range) {
        Answer answer = api.send(api.request(VIDEO).header("Range", range));
        assertThat(answer.status()).isEqualTo(416);
        assertThat(answer.header("Content-Range")).isEqualTo("bytes */" + SIZE);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    }

    @Test
    void headTellsTheSizeAndSendsNothing() {
        Answer answer = api.send(
                api.request(VIDEO).header("Range", "bytes=0-9").method("HEAD", HttpRequest.BodyPublishers.noBody()));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Length")).isEqualTo(Integer.toString(SIZE));
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void whoHasTheFileIsSentNothing() {
        Answer first = api.get(VIDEO);
        String tag = first.header("ETag");
        assertThat(api.send(api.request(VIDEO).header("If-None-Match", "\"other\", " + tag))
                        .status())
                .isEqualTo(304);
        assertThat(api.send(api.request(VIDEO).header("If-None-Match", "\"other\""))
                        .status())
                .isEqualTo(200);
        assertThat(api.send(api.request(VIDEO).header("If-Modified-Since", first.header("Last-Modified")))
                        .status())
                .isEqualTo(304);
        assertThat(api.send(api.request(VIDEO).header("If-Modified-Since", "Wed, 04 Nov 2026 08:09:10 GMT"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aPartIsOnlySentOfTheFileThatTheOtherSideKnows() {
        String tag = api.get(VIDEO).header("ETag");
        String date = api.get(VIDEO).header("Last-Modified");
        assertThat(ranged(tag)).isEqualTo(206);
        assertThat(ranged(date)).isEqualTo(206);
        assertThat(ranged("\"other\"")).isEqualTo(200);
        assertThat(ranged("W/" + tag)).isEqualTo(200);
        assertThat(ranged("Wed, 04 Nov 2026 08:09:10 GMT")).isEqualTo(200);
    }

    private static int ranged(String condition) {
        return api.send(api.request(VIDEO).header("Range", "bytes=0-9").header("If-Range", condition))
                .status();
    }

    @Test
    void anEmptyFileIsSentAsOne() {
        Answer answer = api.get("/api/v1/media/empty.webm");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.header("Content-Type")).isEqualTo("video/webm");
        assertThat(api.send(api.request("/api/v1/media/empty.webm").header("Range", "bytes=0-"))
                        .status())
                .isEqualTo(416);
    }

    @ParameterizedTest
    @ValueSource(strings = {"away.mp4", "folder", "far", "north%20gate"})
    void whatIsNoFileHereIsNotFound(String video) {
        assertThat(api.get("/api/v1/media/" + video).status()).isEqualTo(404);
    }

    @Test
    void aRecordingIsSentSegmentBySegment() {
        String stream = "/api/v1/media/north%20gate/";
        JsonNode segments = api.get(stream + "segments?from=2026-11-30T12:00:01Z&to=2026-11-30T12:00:09.500Z")
                .json()
                .path("segments");
        assertThat(segments.findValuesAsText("path"))
                .containsExactly("segments/2026-11-30T12/1-7.mp4", "segments/2026-11-30T12/2-9.mp4");
        assertThat(segments.get(0).path("to").path("iso").asText()).isEqualTo("2026-11-30T12:00:05Z");
        assertThat(api.get(stream + "segments?from=2026-11-30T12:00:05Z&to=2026-11-30T12:00:09Z")
                        .json()
                        .path("segments"))
                .isEmpty();

        Answer part = api.send(
                api.request(stream + segments.get(0).path("path").asText()).header("Range", "bytes=-1"));
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.body()).containsExactly(bytes[999]);
        // deleted by retention; not in the index
        assertThat(api.get(stream + "segments/2026-11-30T12/2-9.mp4").status()).isEqualTo(404);
        assertThat(api.get(stream + "segments/2026-11-30T12/1-8.mp4").status()).isEqualTo(404);
        assertThat(api.get("/api/v1/media/far/segments?from=0&to=1").status()).isEqualTo(404);
        assertThat(api.get(stream + "segments?from=5").status()).isEqualTo(422);
    }
}
