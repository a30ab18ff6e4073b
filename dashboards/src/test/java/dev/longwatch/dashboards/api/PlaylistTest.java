// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api;

import static dev.longwatch.dashboards.api.Kept.NOON;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longwatch.dashboards.api.TestApi.Answer;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.local.TestElasticsearch;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.schema.Schema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recordings as HLS: every segment is a file that plays on its own. */
class PlaylistTest {

    @RegisterExtension
    static final TestElasticsearch SERVER = new TestElasticsearch();

    private static final int HEAD = 16 + 108;
    private static final int SIZE = HEAD + 1_000;

    @TempDir
    static Path data;

    private static Elasticsearch elasticsearch;
    private static TestApi api;

    @BeforeAll
    static void start() throws IOException {
        segment("gate", 7, NOON, 5_000);
        // more was sent than the stretch that is new
        segment("gate", 8, NOON + 5_000, 5_120);
        segment("gate", 9, NOON + 30_000, 4_000);
        Files.delete(file("gate", 8, NOON + 5_000));
        elasticsearch = Elasticsearch.open(SERVER.address());
        IndexNames names = new IndexNames(SERVER.prefix() + "-playlist");
        new Schema(elasticsearch, names, 0).install();
        api = TestApi.start(elasticsearch, names, data);
    }

    @AfterAll
    static void stop() {
        api.close();
        elasticsearch.close();
    }

    @Test
    void aStretchIsPlayedSegmentBySegmentEachWithItsOwnHead() {
        Answer answer = api.get("/api/v1/media/gate/recording.m3u8?from=2026-11-30T12:00:01Z&to=2026-11-30T12:01:00Z");

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("application/vnd.apple.mpegurl");
        assertThat(answer.text())
                .isEqualTo(
                        """
                        #EXTM3U
                        #EXT-X-VERSION:7
                        #EXT-X-INDEPENDENT-SEGMENTS
                        #EXT-X-TARGETDURATION:5
                        #EXT-X-PLAYLIST-TYPE:VOD
                        #EXT-X-DISCONTINUITY
                        #EXT-X-MAP:URI="segments/2026-11-30T12/1-7.mp4",BYTERANGE="124@0"
                        #EXT-X-PROGRAM-DATE-TIME:2026-11-30T12:00:00.000Z
                        #EXTINF:5.000,
                        #EXT-X-BYTERANGE:1000@124
                        segments/2026-11-30T12/1-7.mp4
                        #EXT-X-DISCONTINUITY
                        #EXT-X-MAP:URI="segments/2026-11-30T12/1-9.mp4",BYTERANGE="124@0"
                        #EXT-X-PROGRAM-DATE-TIME:2026-11-30T12:00:30.000Z
                        #EXTINF:4.000,
                        #EXT-X-BYTERANGE:1000@124
                        segments/2026-11-30T12/1-9.mp4
                        #EXT-X-ENDLIST
                        """);
        assertThat(api.get("/api/v1/media/gate/segments/2026-11-30T12/1-9.mp4").body())
                .hasSize(SIZE);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-30T11:59:00Z,   0.000, before it",
        "2026-11-30T12:00:02.5Z, 2.500, in a segment",
        "2026-11-30T12:00:15Z,   5.000, in a gap",
        "2026-11-30T12:00:31Z,   6.000, after the gap",
        "2026-11-30T12:00:50Z,   5.000, after it",
    })
    void playersBeginWhereTheyAreTold(String start, String offset, String where) {
        String playlist = api.get(
                        "/api/v1/media/gate/recording.m3u8?from=2026-11-30T12:00:00Z&to=2026-11-30T12:01:00Z&start="
                                + start)
                .text();
        assertThat(playlist).as(where).contains("\n#EXT-X-START:TIME-OFFSET=" + offset + ",PRECISE=YES\n");
    }

    @Test
    void whatGoesOnHasItsNewestSegmentsAndNoEnd() throws IOException {
        long now = System.currentTimeMillis();
        for (int i = 0; i < 20; i++) {
            segment("yard", 100 + i, now - (20 - i) * 5_000, 5_000);
        }

        String playlist = api.get("/api/v1/media/yard/live.m3u8").text();

        List<String> ordinals = Pattern.compile("(?m)^segments/.*-(\\d+)\\.mp4$")
                .matcher(playlist)
                .results()
                .map((MatchResult each) -> each.group(1))
                .toList();
        assertThat(ordinals).hasSize(12).startsWith("108").endsWith("119");
        assertThat(playlist)
                .contains("#EXT-X-MEDIA-SEQUENCE:108\n", "#EXT-X-DISCONTINUITY-SEQUENCE:108\n")
                .doesNotContain("ENDLIST");
    }

    @Test
    void whereNothingIsThereIsNothingToPlay() {
        assertThat(api.get("/api/v1/media/gate/live.m3u8").status())
                .as("nothing came for long")
                .isEqualTo(404);
        assertThat(api.get("/api/v1/media/gate/recording.m3u8?from=2026-11-30T13:00:00Z&to=2026-11-30T14:00:00Z")
                        .status())
                .isEqualTo(404);
        assertThat(api.get("/api/v1/media/nobody/live.m3u8").status()).isEqualTo(404);
        assertThat(api.get("/api/v1/media/gate/recording.m3u8?from=5").fields()).containsExactly("to");
    }

    private static void segment(String stream, int ordinal, long startMillis, long durationMillis) throws IOException {
        Path file = file(stream, ordinal, startMillis);
        Files.createDirectories(file.getParent());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(box("ftyp", 16));
        bytes.write(box("moov", 108));
        bytes.write(box("moof", 1_000));
        Files.write(file, bytes.toByteArray());
        Path page = data.resolve("recordings/" + stream + "/index/" + hour(startMillis) + ".jsonl");
        Files.createDirectories(page.getParent());
        Files.writeString(
                page,
                "{\"type\":\"segment\",\"ordinal\":" + ordinal + ",\"path\":\"segments/" + hour(startMillis) + "/1-"
                        + ordinal + ".mp4\",\"startMillis\":" + startMillis + ",\"endMillis\":" + (startMillis + 5_000)
                        + ",\"durationMicros\":" + durationMillis * 1_000 + "}\n",
                UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    private static Path file(String stream, int ordinal, long startMillis) {
        return data.resolve("recordings/" + stream + "/segments/" + hour(startMillis) + "/1-" + ordinal + ".mp4");
    }

    private static String hour(long millis) {
        return Instant.ofEpochMilli(millis).toString().substring(0, 13);
    }

    private static byte[] box(String type, int size) {
        return ByteBuffer.allocate(size)
                .putInt(size)
                .put(type.getBytes(US_ASCII))
                .array();
    }
}
