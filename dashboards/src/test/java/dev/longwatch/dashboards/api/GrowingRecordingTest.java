// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.longwatch.dashboards.api.Browser.look;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import dev.longwatch.dashboards.config.ConfigFile;
import dev.longwatch.dashboards.govern.WatchlistFile;
import dev.longwatch.dashboards.local.DataFolder;
import dev.longwatch.dashboards.local.Installation;
import dev.longwatch.dashboards.local.JobProcess;
import dev.longwatch.dashboards.local.LivePlan;
import dev.longwatch.dashboards.local.Recordings;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.indexer.local.TestElasticsearch;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.search.Stored;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A recording that still grows, in a real browser: the real recorder records the sample video at its own pace. */
@Timeout(600)
class GrowingRecordingTest {

    @RegisterExtension
    static final TestElasticsearch SERVER = new TestElasticsearch();

    private static final Path ROOT = Path.of(System.getProperty("longwatch.root"));
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final long HOURS = Duration.ofHours(2).toMillis();

    /** Two, and what their order costs. */
    private static final double PICTURES_SECONDS = 0.2;

    @TempDir
    Path data;

    private Browser browser;
    private Elasticsearch elasticsearch;
    private IndexNames names;
    private JobProcess recorder;
    private TestApi api;

    @BeforeEach
    void start() throws IOException {
        browser = Browser.open();
        elasticsearch = Elasticsearch.open(SERVER.address());
        names = new IndexNames(SERVER.prefix() + "-growing");
        DataFolder folder = new DataFolder(data);
        folder.create();
        Path config = Files.writeString(
                data.resolve("longwatch.yaml"),
                "streams: {yard: " + ROOT.resolve("sample/street.mp4").toUri() + "}");
        new WatchlistFile(folder.watchlist()).write(ConfigFile.read(config).alone());
        recorder = JobProcess.start(
                new Installation(ROOT),
                JobProcess.Program.RECORD,
                new LivePlan(folder, "", false, SERVER.address(), names.prefix()).recordJson(),
                folder.logs().resolve("record.log"));
        Thread told = new Thread(() -> recorder.follow((JsonNode line) -> {}), "recorder-output");
        told.setDaemon(true);
        told.start();
        api = TestApi.start(elasticsearch, names, data);
    }

    @AfterEach
    void stop() {
        if (recorder != null) {
            recorder.close();
        }
        if (api != null) {
            api.close();
        }
        if (elasticsearch != null) {
            elasticsearch.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void itsMomentsAreOpenedJustBeforeTheEventWhereverTheyAre() throws IOException {
        TimeSpan recorded = recorded(24_000);
        long begin = recorded.startMillis();
        loseTheFileOfASegment(begin + 5_000);
        recordTheSameTwoHoursBefore(begin);
        Stored.in(elasticsearch, names)
                .events(
                        event("old", "a dog", begin - HOURS + 3_000),
                        event("car", "a red car stops", begin + 8_700),
                        event("bus", "a bus stops", begin + 17_300))
                .store();
        Page page = signedIn();

        page.navigate(api.uri("/") + "#/moment/yard?event=car");
        String link = shows(page, begin + 6_700);
        look(page, "growing");
        page.keyboard().press("k");
        assertThat(page.locator("aside h2")).hasText("a bus stops");
        shows(page, begin + 15_300);
        page.keyboard().press("j");
        assertThat(page.locator("aside h2")).hasText("a red car stops");
        shows(page, begin + 6_700);
        page.keyboard().press("j");
        assertThat(page.locator("aside h2")).hasText("a dog");
        shows(page, begin - HOURS + 1_000);
        page.navigate("about:blank");
        page.navigate(link);
        shows(page, begin + 6_700);

        assertThat(recorded(24_000).endMillis()).as("it goes on").isGreaterThan(recorded.endMillis());
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void whereNoPictureIsThePageSaysSo() throws IOException {
        long begin = recorded(4_000).startMillis();
        Stored.in(elasticsearch, names)
                .events(event("old", "a dog", begin - HOURS))
                .store();
        Page page = signedIn();
        page.navigate(api.uri("/") + "#/moment/yard?event=old");
        assertThat(page.locator(".player .why")).containsText("There is no picture of this time.");
        look(page, "not-kept");
        assertThat(browser.complaints()).isEmpty();
    }

    private Page signedIn() {
        Page page = browser.window();
        page.navigate(api.uri("/").toString());
        page.getByLabel("Token").fill(TestApi.TOKEN);
        page.locator(".login button").click();
        assertThat(page.locator(".searchbar")).isVisible();
        return page;
    }

    /**
     * Waits for the picture of that instant: the one that the player shows, and that the page gives a link to. Until the
     * player has begun to seek it still shows the one before.
     *
     * @return the link
     */
    private static String shows(Page page, long millis) {
        await().atMost(PATIENCE).pollInSameThread().untilAsserted(() -> {
            assertThat(
                            (Boolean)
                                    page.evaluate(
                                            """
                    (() => {
                      const video = document.querySelector(".player video");
                      return video?.readyState >= 2 && video.videoWidth === 640 && video.paused && !video.seeking;
                    })()"""))
                    .isTrue();
            page.keyboard().press("c");
            assertThat(page.locator("#said")).hasText("The link is copied.");
            assertThat(Double.parseDouble(copied(page).replaceFirst(".*t=", "")))
                    .as(copied(page))
                    .isCloseTo(millis / 1_000.0, within(PICTURES_SECONDS));
        });
        return copied(page);
    }

    private static String copied(Page page) {
        return (String) page.evaluate("navigator.clipboard.readText()");
    }

    /** As retention does: what follows comes sooner in the player than on the clock. */
    private void loseTheFileOfASegment(long atMillis) throws IOException {
        for (JsonNode segment : segments()) {
            if (segment.path("startMillis").asLong() <= atMillis
                    && segment.path("endMillis").asLong() > atMillis) {
                Files.delete(recordings()
                        .resolve("yard")
                        .resolve(segment.path("path").asText()));
            }
        }
    }

    /** More than one playlist is long. */
    private void recordTheSameTwoHoursBefore(long begin) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (JsonNode segment : segments()) {
            if (segment.path("endMillis").asLong() < begin + 5_000) {
                ObjectNode before = segment.deepCopy();
                for (String time : List.of("startMillis", "endMillis")) {
                    before.put(time, segment.path(time).asLong() - HOURS);
                }
                lines.append(before).append('\n');
            }
        }
        Files.writeString(
                recordings()
                        .resolve("yard/index")
                        .resolve(Instant.ofEpochMilli(begin - HOURS).toString().substring(0, 13) + ".jsonl"),
                lines);
    }

    private List<JsonNode> segments() throws IOException {
        List<JsonNode> segments = new ArrayList<>();
        try (Stream<Path> pages = Files.list(recordings().resolve("yard/index"))) {
            for (Path page : pages.toList()) {
                for (String line : Files.readAllLines(page)) {
                    JsonNode entry = new ObjectMapper().readTree(line);
                    if (entry.path("type").asText().equals("segment")) {
                        segments.add(entry);
                    }
                }
            }
        }
        return segments;
    }

    private Path recordings() {
        return new DataFolder(data).recordings();
    }

    private TimeSpan recorded(long millis) {
        Recordings recordings = new Recordings(recordings());
        return await().atMost(PATIENCE)
                .until(() -> recordings.of("yard").filter(span -> span.millis() >= millis), Optional::isPresent)
                .orElseThrow();
    }

    private VideoEvent event(String id, String text, long atMillis) {
        VideoEvent event = Kept.event(id, "yard", new Recordings(recordings()).uri(), text, atMillis);
        return new VideoEvent(
                event.id(),
                event.version(),
                event.stream(),
                event.uri(),
                event.rule(),
                event.text(),
                event.span(),
                0,
                event.confidence(),
                event.state(),
                event.model(),
                event.framesPerSecond(),
                event.sampling());
    }
}
