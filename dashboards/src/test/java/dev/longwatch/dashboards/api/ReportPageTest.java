// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.longwatch.dashboards.api.Browser.look;
import static dev.longwatch.dashboards.api.Kept.NOON;
import static dev.longwatch.dashboards.api.Kept.event;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.coverage.CoverageSpan;
import dev.longwatch.indexer.coverage.CoverageSpan.State;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.indexer.local.TestElasticsearch;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.search.Stored;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What happened, on one page of the page. */
@Timeout(300)
class ReportPageTest {

    @RegisterExtension
    static final TestElasticsearch SERVER = new TestElasticsearch();

    private static final Path ROOT = Path.of(System.getProperty("longwatch.root"));
    private static final Path STREET = ROOT.resolve("sample/street.mp4");
    private static final long HOUR = 3_600_000;

    @TempDir
    static Path data;

    private static @Nullable String home;
    private static Browser browser;
    private static Elasticsearch elasticsearch;
    private static TestApi api;

    @BeforeAll
    static void start() throws IOException {
        // pictures are made by a process of the installation
        home = System.setProperty("longwatch.home", ROOT.toString());
        browser = Browser.open();
        elasticsearch = Elasticsearch.open(SERVER.address());
        IndexNames names = new IndexNames(SERVER.prefix() + "-report");
        long now = System.currentTimeMillis();
        Stored.in(elasticsearch, names)
                .events(
                        ofStreet("car", "a car enters", 9_000, 10_800),
                        ofStreet("stop", "a car stops", 10_800, 17_000),
                        ofStreet("dog", "a dog is there", 26_000, 40_000),
                        ofStreet("bus", "a bus stops", 30_000, 36_000),
                        ofStreet("again", "a car stops", 60_000, 62_000),
                        ofYard("van", "a van stops", now - 20 * 60_000),
                        ofYard("old", "a cat", now - 30 * HOUR))
                .coverage(
                        new CoverageSpan("street.mp4", NOON, NOON + 70_000, State.ANALYSED, "", 2, NOON),
                        new CoverageSpan(
                                "street.mp4", NOON + 70_000, NOON + 75_000, State.GAP, "the file is damaged", 0, NOON),
                        new CoverageSpan("yard", now - 30 * HOUR, now - 10 * 60_000, State.ANALYSED, "", 2),
                        new CoverageSpan(
                                "yard", now - 10 * 60_000, now - 60_000, State.GAP, "the camera did not answer", 0),
                        new CoverageSpan("quiet", now - 2 * HOUR, now - 90 * 60_000, State.ANALYSED, "", 2),
                        new CoverageSpan("hush.mp4", NOON, NOON + 75_000, State.ANALYSED, "", 2, NOON))
                .store();
        api = TestApi.start(elasticsearch, names, data);
    }

    private static VideoEvent ofStreet(String id, String text, long startMillis, long endMillis) {
        return during(
                event(id, "street.mp4", STREET.toString(), text, startMillis),
                new TimeSpan(startMillis, endMillis),
                NOON);
    }

    private static VideoEvent ofYard(String id, String text, long atMillis) {
        return during(
                event(id, "yard", "recording:" + data.resolve("recordings"), text, atMillis),
                new TimeSpan(atMillis, atMillis + 8_000),
                0);
    }

    private static VideoEvent during(VideoEvent event, TimeSpan span, long recordedAtMillis) {
        return new VideoEvent(
                event.id(),
                event.version(),
                event.stream(),
                event.uri(),
                event.rule(),
                event.text(),
                span,
                recordedAtMillis,
                event.confidence(),
                event.state(),
                event.model(),
                event.framesPerSecond(),
                event.sampling());
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
            api.close();
            elasticsearch.close();
        }
        if (home == null) {
            System.clearProperty("longwatch.home");
        } else {
            System.setProperty("longwatch.home", home);
        }
    }

    @AfterEach
    void theBrowserHasNothingToComplainAbout() {
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aVideoIsToldOnOnePageWhoseTimesOpenTheMoment() throws IOException {
        Page page = signedIn(browser.window());
        go(page, "streams");
        page.getByRole(AriaRole.LINK, named("Report of street.mp4")).click();
        assertThat(page.getByRole(
                        AriaRole.HEADING,
                        new Page.GetByRoleOptions()
                                .setName("Report of street.mp4")
                                .setExact(true)))
                .isVisible();
        assertThat(page.locator(".health")).containsText("70 sec of 75 sec");
        assertThat(page.locator(".missed")).containsText("not recordedthe file is damaged");
        assertThat(page.locator("tbody tr")).hasCount(4);
        assertThat(page.locator("tbody tr").first()).containsText("a car stops");
        Locator dog = page.locator(".chapter.lively", new Page.LocatorOptions().setHasText("dog"));
        assertThat(dog).containsText("A bus stops");
        page.waitForCondition(
                () -> Boolean.TRUE.equals(
                        page.evaluate(
                                "[...document.querySelectorAll('.chapter img')].every(image => image.complete && image.naturalWidth > 0)")));
        look(page, "report");

        Download markdown = page.waitForDownload(
                () -> page.getByRole(AriaRole.BUTTON, named("Markdown")).click());
        assertThat(markdown.suggestedFilename()).isEqualTo("street.mp4-all.md");
        assertThat(Files.readString(markdown.path())).startsWith("# street.mp4, 00:00:00.0–00:01:15.0\n");
        Download json = page.waitForDownload(
                () -> page.getByRole(AriaRole.BUTTON, named("JSON")).click());
        JsonNode summary = new ObjectMapper().readTree(Files.readAllBytes(json.path()));
        assertThat(summary.path("events").asInt()).isEqualTo(5);

        dog.locator("h3 a").click();
        assertThat(page).hasURL(Pattern.compile("#/moment/street\\.mp4\\?t=2\\d"));
        page.getByRole(AriaRole.LINK, named("Report")).click();
        assertThat(page.locator(".chapters")).isVisible();
        page.context().close();
    }

    @Test
    void ofAStreamTheLastHourTheDayOrAllIsTold() {
        Page page = signedIn(browser.window());
        go(page, "report/yard");
        assertThat(page.locator("[aria-current=true]")).hasText("Last hour");
        assertThat(page.locator("tbody")).containsText("a van stops");
        assertThat(page.locator("tbody")).not().containsText("a cat");
        assertThat(page.locator(".missed")).containsText("the camera did not answer");
        look(page, "report-hour");
        page.getByRole(AriaRole.LINK, named("All")).click();
        assertThat(page.locator("tbody")).containsText("a cat");
        page.getByRole(AriaRole.LINK, named("Today")).click();
        assertThat(page.locator("[aria-current=true]")).hasText("Today");
        page.context().close();
    }

    @Test
    void whereNothingHappenedOrNobodyLookedItSaysSo() {
        Page page = signedIn(browser.window());
        go(page, "report/hush.mp4");
        assertThat(page.locator(".empty h2")).hasText("Nothing was seen.");
        look(page, "report-quiet");
        go(page, "report/quiet");
        assertThat(page.locator(".empty h2")).hasText("Nobody looked.");
        look(page, "report-empty");
        go(page, "report/nowhere");
        assertThat(page.getByRole(AriaRole.HEADING)).containsText("nowhere is not here");
        page.context().close();
    }

    @Test
    void whatFailsCanBeTriedAgain() {
        Page page = signedIn(browser.window());
        page.route("**/summaries", route -> route.abort());
        go(page, "report/street.mp4");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("Longwatch does not answer");
        look(page, "report-failing");
        page.unroute("**/summaries");
        page.getByRole(AriaRole.BUTTON, named("Try again")).click();
        assertThat(page.locator(".chapters")).isVisible();
        assertThat(page.getByRole(AriaRole.ALERT)).hasCount(0);
        page.context().close();
    }

    @Test
    void itFitsAPhoneAndSpeaksChinese() {
        Page page = signedIn(browser.window(360, 780, "zh-CN"));
        go(page, "report/yard");
        assertThat(page.locator("[aria-current=true]")).hasText("最近一小时");
        look(page, "phone-report-hour");
        go(page, "report/street.mp4");
        assertThat(page.locator(".chapters")).isVisible();
        look(page, "phone-report");
        page.context().close();
        Page wide = signedIn(browser.window(3840, 2160, "zh-CN"));
        go(wide, "report/street.mp4");
        assertThat(wide.locator(".chapters")).isVisible();
        look(wide, "wide-report");
        wide.context().close();
    }

    private static Page signedIn(Page page) {
        page.navigate(api.uri("/").toString());
        page.locator("input[name=token]").fill(TestApi.TOKEN);
        page.locator(".login button").click();
        assertThat(page.locator(".searchbar")).isVisible();
        return page;
    }

    private static void go(Page page, String screen) {
        page.evaluate(
                """
                screen => new Promise((changed) => {
                  addEventListener("hashchange", changed, { once: true });
                  location.hash = "#/" + screen;
                }).then(() => undefined)""",
                screen);
        assertThat(page.locator("#main[aria-busy]")).hasCount(0);
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }
}
