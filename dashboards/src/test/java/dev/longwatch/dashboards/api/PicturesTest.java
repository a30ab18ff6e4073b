// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api;

import static dev.longwatch.dashboards.api.Kept.NOON;
import static dev.longwatch.dashboards.api.Kept.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longwatch.dashboards.api.TestApi.Answer;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.local.TestElasticsearch;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.search.Stored;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures of the sample video and of a recording of it, made by the real process. */
class PicturesTest {

    @RegisterExtension
    static final TestElasticsearch SERVER = new TestElasticsearch();

    private static final Path ROOT = Path.of(System.getProperty("longwatch.root"));
    private static final Path STREET = ROOT.resolve("sample/street.mp4");

    @TempDir
    static Path data;

    private static @Nullable String home;
    private static Elasticsearch elasticsearch;
    private static TestApi api;

    @BeforeAll
    static void start() throws IOException {
        home = System.setProperty("longwatch.home", ROOT.toString());
        Path recording = data.resolve("recordings/gate");
        Path segment = recording.resolve("segments/2026-11-30T12/1-7.mp4");
        Files.createDirectories(segment.getParent());
        Files.copy(STREET, segment);
        Path index = Files.createDirectories(recording.resolve("index"));
        Files.writeString(
                index.resolve("2026-11-30T12.jsonl"),
                "{\"type\":\"segment\",\"stream\":\"gate\",\"path\":\"segments/2026-11-30T12/1-7.mp4\",\"startMillis\":"
                        + NOON + ",\"endMillis\":" + (NOON + 75_000) + ",\"clockMicros\":" + NOON * 1_000 + "}\n",
                UTF_8);
        Path evidence = Files.createDirectories(data.resolve("evidence/ab"));
        Files.writeString(evidence.resolve("abcd.jpg"), "a picture", UTF_8);
        elasticsearch = Elasticsearch.open(SERVER.address());
        IndexNames names = new IndexNames(SERVER.prefix() + "-pictures");
        Stored.in(elasticsearch, names)
                .events(
                        event("car", "street.mp4", STREET.toString(), "a car", 1_000),
                        event(
                                "text",
                                "text.mp4",
                                segment.resolveSibling("away.mp4").toString(),
                                "a car",
                                1_000),
                        event("far", "far", "rtsp://10.0.0.7/main", "a car", NOON))
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "street.mp4/thumbnail?at=30&width=160",
                // recorded at noon, as its events say
                "street.mp4/thumbnail?at=2026-11-30T12:00:30Z&width=160",
                "gate/thumbnail?at=2026-11-30T12:00:30Z&width=160",
                "gate/thumbnail?at=1796040030&width=160",
                "street.mp4/thumbnail?width=160",
                "gate/thumbnail?width=160",
            })
    void anInstantHasAPictureOnWhicheverClockItIsGiven(String wanted) throws IOException {
        Answer answer = api.get("/api/v1/media/" + wanted);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("image/jpeg");
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(answer.body()));
        assertThat(picture.getWidth()).isEqualTo(160);

        String tag = answer.header("ETag");
        assertThat(api.send(api.request("/api/v1/media/" + wanted).header("If-None-Match", tag))
                        .status())
                .as("the same file is sent again")
                .isEqualTo(304);
    }

    @Test
    void whatIsMadeIsKeptForNobodyElseToRead() throws IOException {
        api.get("/api/v1/media/street.mp4/thumbnail?at=3");
        try (Stream<Path> each = Files.list(data.resolve("api/media"))) {
            assertThat(each).isNotEmpty().allSatisfy(folder -> assertThat(Files.getPosixFilePermissions(folder))
                    .hasSize(3));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "street.mp4/thumbnail?at=3600",
                "gate/thumbnail?at=2026-11-30T13:00:00Z",
                "far/thumbnail?at=1",
                "text.mp4/thumbnail?at=1",
                "nobody/thumbnail?at=1",
                "evidence/beef.jpg",
                "evidence/abcd.txt",
                "evidence/..%2F..%2Fsecrets.jpg"
            })
    void whereThereIsNoneItIsSaid(String wanted) {
        Answer answer = api.get("/api/v1/media/" + wanted);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(404);
        assertThat(answer.json().path("detail").asText()).isNotBlank();
    }

    @Test
    void anInstantAndAWidthMustMakeSense() {
        assertThat(api.get("/api/v1/media/street.mp4/thumbnail?at=noon&width=9").fields())
                .containsExactly("at", "width");
    }

    @Test
    void evidenceIsSent() {
        Answer answer = api.get("/api/v1/media/evidence/abcd.jpg");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("a picture");
        assertThat(answer.header("Content-Type")).isEqualTo("image/jpeg");
        assertThat(api.get("/api/v1/media/evidence/abcd.mp4").status()).isEqualTo(404);
    }
}
