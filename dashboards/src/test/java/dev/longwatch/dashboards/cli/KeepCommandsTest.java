// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import co.elastic.clients.elasticsearch._types.Refresh;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longwatch.dashboards.config.ConfigFile;
import dev.longwatch.dashboards.govern.WatchlistFile;
import dev.longwatch.dashboards.local.Installation;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.indexer.local.Lease;
import dev.longwatch.indexer.local.LocalElasticsearch;
import dev.longwatch.indexer.local.ServerException;
import dev.longwatch.indexer.local.ServerSettings;
import dev.longwatch.indexer.schema.EventDocument;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.schema.Schema;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pins, deletion and receipts as a person gives the commands, in this process, on the test run's Elasticsearch. */
class KeepCommandsTest {

    private static final Path ROOT = Path.of(System.getProperty("longwatch.root"));
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Where root's build stands behind a door that only root can open, below the folder for temporary files. */
    private static final Path ELSEWHERE = Path.of("/tmp", "longwatch-cli-test-" + Integer.toHexString(ROOT.hashCode()));

    private static Path data = ROOT.resolve("target");
    private static Lease lease;
    private static String home;

    @TempDir
    Path folder;

    @BeforeAll
    static void open() {
        home = System.setProperty("longwatch.home", ROOT.toString());
        try {
            lease = lease(data);
        } catch (ServerException closed) {
            data = ELSEWHERE;
            lease = lease(data);
        }
    }

    @AfterAll
    static void close() {
        lease.close();
        if (data.equals(ELSEWHERE)) {
            LocalElasticsearch.stop(data.resolve("elasticsearch"));
        }
        if (home == null) {
            System.clearProperty("longwatch.home");
        }
    }

    private static Lease lease(Path folder) {
        return LocalElasticsearch.lease(
                ServerSettings.of(
                        folder.resolve("elasticsearch"), Installation.find().elasticsearchZip()),
                words -> {});
    }

    @Test
    void whatIsPinnedOutlivesItsStreamUntilToldOtherwise() throws Exception {
        keep("gate-of-pins", "pinned", 10);
        keep("gate-of-pins", "free", 100);

        Run pin = run("pin", "gate-of-pins-pinned", "--case", "theft", "--note", "the red car");
        assertThat(pin.status()).as(pin.toString()).isZero();
        String id = pin.out().get(0).split(" ")[4];
        assertThat(run("pins").out()).anyMatch(line -> line.startsWith(id) && line.endsWith("the red car"));
        assertThat(run("case", "list").out()).anyMatch(line -> line.equals("theft"));

        Run dry = run("delete", "--stream", "gate-of-pins", "--dry-run");
        assertThat(dry.out())
                .singleElement()
                .asString()
                .startsWith("Would delete 1 event of gate-of-pins, from ")
                .endsWith("; pinned and kept: 1 events and alerts, 0 files.");
        Run asked = run("delete", "--stream", "gate-of-pins");
        assertThat(asked.status()).isEqualTo(2);
        assertThat(asked.err())
                .contains("longwatch: nobody can be asked here: add --yes to delete, or --dry-run to look");

        Run deleted = run("delete", "--stream", "gate-of-pins", "--yes", "--json", "--reason", "of the test");
        assertThat(deleted.status()).as(deleted.toString()).isZero();
        JsonNode receipt = JSON.readTree(deleted.out().get(0));
        assertThat(receipt.at("/deleted/events").asInt()).isEqualTo(1);
        assertThat(receipt.path("kept_pinned").asInt()).isEqualTo(1);
        assertThat(run("receipts").out())
                .anyMatch(line -> line.contains(receipt.path("id").asText()) && line.endsWith("Reason: of the test"));

        assertThat(run("unpin", id).status()).isZero();
        assertThat(run("unpin", id).status()).isEqualTo(2);
        assertThat(run("delete", "--ids", "gate-of-pins-pinned", "--yes").out().get(0))
                .startsWith("Deleted 1 event, from ");
        assertThat(run("case", "close", "theft").status()).isEqualTo(2);
    }

    @Test
    void aWatchedFileStaysUnlessItIsAskedFor() throws Exception {
        Path file = Files.write(folder.resolve("kept-by-its-owner.mp4"), new byte[1_234]);
        keep(file.getFileName().toString(), "one", 10, file.toString());

        Run deleted = run("delete", "--video", file.toString(), "--yes");
        assertThat(deleted.status()).as(deleted.toString()).isZero();
        assertThat(deleted.out())
                .contains("The watched file itself is yours and was not touched; --footage deletes it.");
        assertThat(file).exists();

        keep(file.getFileName().toString(), "one", 10, file.toString());
        assertThat(run("delete", "--video", file.toString(), "--footage", "--yes")
                        .out()
                        .get(0))
                .startsWith("Deleted 1 event, 1 file of yours (0.0 MB) of kept-by-its-owner.mp4");
        assertThat(file).doesNotExist();
    }

    @Test
    void whatMakesNoSenseIsRefused() throws Exception {
        assertThat(run("delete", "--yes").status()).isEqualTo(2);
        assertThat(run("delete", "--video", "a.mp4", "--from", "2026-11-01", "--yes")
                        .status())
                .isEqualTo(2);
        assertThat(run("delete", "--stream", "a", "--footage", "--yes").status())
                .isEqualTo(2);
        assertThat(run("delete", "--stream", "a", "--from", "noon", "--yes").status())
                .isEqualTo(2);
        assertThat(run("pin").status()).isEqualTo(2);
        assertThat(run("pin", "--stream", "a", "--from", "2026-11-01").status()).isEqualTo(2);
        assertThat(run("pin", "no-such-event").err())
                .contains("longwatch: there is no event with the id 'no-such-event'");
    }

    @Test
    void retentionDeletesByTheFiguresOfTheFile() throws Exception {
        keep("gate-of-figures", "old", 10);
        Path config = Files.writeString(
                folder.resolve("longwatch.yaml"),
                "streams:\n  gate-of-figures: {url: 'rtsp://10.0.0.7/main', retention: 1h}\n");

        Run swept = run("retention", "run", "--config", config.toString());

        assertThat(swept.status()).as(swept.toString()).isZero();
        assertThat(swept.out())
                .containsExactly("gate-of-figures: 1 documents deleted, 0 events and alerts are older and pinned");
        assertThat(run("retention", "run", "--config", "none.yaml").status()).isEqualTo(2);
    }

    @Test
    void withoutAFileTheFiguresAreThoseOfWhatIsWatchedHere() throws Exception {
        keep("gate-of-watchlist", "old", 10);
        Path config = Files.writeString(
                folder.resolve("longwatch.yaml"),
                "streams:\n  gate-of-watchlist: {url: 'rtsp://10.0.0.7/main', retention: 1h}\n");
        Path watchlist = data.resolve("watchlist.json");
        new WatchlistFile(watchlist).write(ConfigFile.read(config).alone());
        try {
            assertThat(run("retention", "run").out())
                    .containsExactly(
                            "gate-of-watchlist: 1 documents deleted, 0 events and alerts are older and pinned");
        } finally {
            Files.delete(watchlist);
        }
    }

    @Test
    void nothingHasToBeMigratedHere() throws Exception {
        assertThat(run("index", "migrate").out())
                .containsExactly("Everything is up to date; nothing had to be copied.");
    }

    private static void keep(String stream, String id, long second) throws Exception {
        keep(stream, id, second, "recording:/recordings");
    }

    private static void keep(String stream, String id, long second, String uri) throws Exception {
        VideoEvent event = new VideoEvent(
                stream + "-" + id,
                1,
                stream,
                uri,
                "a car",
                "a red car",
                new TimeSpan(second * 1_000, second * 1_000 + 2_000),
                Instant.parse("2026-11-01T00:00:00Z").toEpochMilli(),
                0.5,
                VideoEvent.State.CLOSED,
                "nano-1",
                2,
                "2 a second");
        IndexNames names = IndexNames.STANDARD;
        try (Elasticsearch elasticsearch = Elasticsearch.open(lease.address())) {
            new Schema(elasticsearch, names, 0).install();
            elasticsearch.client().index(request -> request.index(names.ofEvent(event))
                    .id(event.id())
                    .document(EventDocument.of(event))
                    .refresh(Refresh.True));
        }
    }

    private record Run(int status, List<String> out, List<String> err) {}

    private static Run run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", data.toString()));
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        ByteArrayOutputStream noted = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, UTF_8));
        System.setErr(new PrintStream(noted, true, UTF_8));
        try {
            int status = Longwatch.run(all.toArray(String[]::new));
            return new Run(
                    status,
                    said.toString(UTF_8).lines().toList(),
                    noted.toString(UTF_8).lines().toList());
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
