// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.longwatch.dashboards.api.Browser.look;
import static dev.longwatch.dashboards.api.Kept.alert;
import static dev.longwatch.dashboards.api.Kept.event;
import static dev.longwatch.indexer.event.MarkedEvents.labelled;
import static dev.longwatch.indexer.event.MarkedEvents.outlined;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.longwatch.dashboards.api.auth.ApiToken;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.client.ElasticsearchAddress;
import dev.longwatch.indexer.coverage.CoverageSpan;
import dev.longwatch.indexer.coverage.RuleProbability;
import dev.longwatch.indexer.event.Box;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.indexer.local.TestElasticsearch;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.search.Stored;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page in a real browser, over the real API and the real Elasticsearch. */
@Timeout(300)
class PageTest {

    @RegisterExtension
    static final TestElasticsearch SERVER = new TestElasticsearch();

    private static final Path STREET =
            Path.of("..", "sample", "street.mp4").toAbsolutePath().normalize();
    private static final String MARKUP = "<img src=x onerror=alert(1)> & <b>bold</b>";
    private static final long LARGEST_FIRST_SCREEN = 300 << 10;

    @TempDir
    static Path data;

    private static Browser browser;
    private static Elasticsearch elasticsearch;
    private static IndexNames names;
    private static TestApi api;

    @BeforeAll
    static void start() throws IOException {
        browser = Browser.open();
        elasticsearch = Elasticsearch.open(SERVER.address());
        names = new IndexNames(SERVER.prefix() + "-page");
        Path broken = Files.writeString(data.resolve("broken.mp4"), "no video at all");
        VideoEvent car = event("car", "street.mp4", STREET.toString(), "a red car stops", 9_000);
        Stored.in(elasticsearch, names)
                .events(
                        car,
                        outlined(
                                event("dog", "street.mp4", STREET.toString(), "a dog runs", 20_000),
                                new Box(20_500, "a dog", 0.25, 0.5, 0.5, 0.75),
                                new Box(20_500, MARKUP, 0.75, 0, 1, 0.25)),
                        event("bus", "street.mp4", STREET.toString(), "a bus stops", 40_000),
                        event("odd", "<i>odd</i>.mp4", "/videos/odd.mp4", MARKUP, 1_000),
                        event("old", "old.mp4", "/videos/old.mp4", "a bird", 1_000),
                        event("bad", "broken.mp4", broken.toString(), "a flicker", 1_000))
                .alerts(alert(car))
                .coverage(looked(0, 0.97, 0.06), looked(14_000, 0.3, 0.91), looked(28_000, 0.02, 0.2))
                .store();
        api = TestApi.start(elasticsearch, names, data);
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
            api.close();
            elasticsearch.close();
        }
    }

    @AfterEach
    void theBrowserHasNothingToComplainAbout() {
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void whoBringsTheTokenSeesAlertsAsTheyAreRaised() throws IOException {
        Page page = browser.window();
        List<Response> responses = new CopyOnWriteArrayList<>();
        page.onResponse(responses::add);
        page.navigate(api.uri("/").toString());
        page.getByLabel("Token").fill("another token");
        button(page, "Sign in").click();
        assertThat(page.locator(".login")).containsText("That is not the token.");
        look(page, "sign-in");

        page.getByLabel("Token").fill(TestApi.TOKEN);
        page.waitForResponse(response -> response.url().contains("/events/stream"), () -> button(page, "Sign in")
                .click());
        assertThat(heading(page, "Live")).isVisible();
        assertThat(Browser.bytes(responses)).isLessThan(LARGEST_FIRST_SCREEN);
        VideoEvent fresh = event("fresh", "street.mp4", STREET.toString(), "a person enters", 50_000);
        Stored.in(elasticsearch, names).events(fresh).alerts(alert(fresh)).store();
        assertThat(page.locator("li[data-alert=fresh]")).containsText("a person enters");
        assertThat(page.getByRole(AriaRole.STATUS).first()).containsText("New alert: a person enters on street.mp4");
        look(page, "live");
        page.context().close();
    }

    @Test
    void aMomentIsFoundWatchedLeftForTheNextAndShared() {
        Page page = signedIn(browser.window(), api, TestApi.TOKEN);
        page.keyboard().press("/");
        page.keyboard().type("car stream:street.mp4");
        page.keyboard().press("Enter");
        Locator result = page.locator(".result").first();
        assertThat(result).containsText("a red car stops");
        assertThat(result.locator("mark")).hasText("car");
        assertThat(result.locator(".chip")).hasText("by words");
        look(page, "search");
        page.evaluate("document.activeElement.blur()");
        page.keyboard().press("ArrowRight");
        page.keyboard().press("Enter");

        assertThat(heading(page, "street.mp4")).isVisible();
        assertThat(page.locator("aside")).containsText("00:00:09.0");
        page.evaluate(
                """
                () => new Promise((ready) => {
                  const video = document.querySelector("video");
                  video.readyState >= 2 ? ready() : video.addEventListener("canplay", () => ready(), { once: true });
                })""");
        assertThat((Number) page.evaluate("document.querySelector('video').currentTime"))
                .satisfies(at -> assertThat(at.doubleValue()).isBetween(6.9, 7.1));
        assertThat(page.locator(".lanes")).containsText("00:01:10");
        assertThat(page.locator(".lanes .probability")).hasCount(3);
        assertThat(page.locator(".lanes")).containsText("a cow");
        look(page, "moment");

        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Yes").setExact(true))
                .click();
        assertThat(page.locator("aside")).containsText("A true alarm");
        assertThat(api.get("/api/v1/alerts/car")
                        .json()
                        .path("handling")
                        .path("verdict")
                        .asText())
                .isEqualTo("true_alarm");

        page.evaluate("document.activeElement.blur()");
        page.keyboard().press("k");
        assertThat(page.locator("aside")).containsText("a dog runs");
        assertThat(page).hasURL(Pattern.compile("event=dog$"));
        page.keyboard().press("j");
        assertThat(page.locator("aside")).containsText("a red car stops");
        page.keyboard().press("c");
        assertThat(page.locator("#said")).hasText("The link is copied.");
        String link = (String) page.evaluate("navigator.clipboard.readText()");
        assertThat(link).matches(".*#/moment/street\\.mp4\\?t=7(\\.\\d+)?");
        page.navigate("about:blank");
        page.navigate(link);
        assertThat(page.locator(".tools time")).hasText("00:00:07.0");
        page.context().close();
    }

    @Test
    void whatTheModelHasOutlinedIsFramedInThePicture() {
        Page page = signedIn(browser.window(), api, TestApi.TOKEN);
        go(page, "moment/street.mp4?event=dog");
        assertThat(page.locator(".player .box")).hasCount(0);
        Locator shown = page.locator(".pictures button");
        assertThat(shown).hasText("00:00:20.5 a dog, " + MARKUP);

        shown.click();
        assertThat(page.locator(".player .box")).hasCount(2);
        assertThat(page.locator(".player .box").first()).hasText("a dog");
        assertThat(page.locator(".player .box").last()).hasText(MARKUP);
        assertThat(
                        (Boolean)
                                page.evaluate(
                                        """
                        () => {
                          const box = document.querySelector(".box").getBoundingClientRect();
                          const video = document.querySelector("video");
                          const all = video.getBoundingClientRect();
                          const scale = Math.min(all.width / video.videoWidth, all.height / video.videoHeight);
                          const width = video.videoWidth * scale;
                          const left = all.left + (all.width - width) / 2 + width / 4;
                          return Math.abs(box.left - left) < 1 && Math.abs(box.width - width / 4) < 1;
                        }"""))
                .isTrue();
        look(page, "moment-boxes");

        page.evaluate("document.activeElement.blur()");
        page.keyboard().press("ArrowRight");
        assertThat(page.locator(".player .box")).hasCount(0);
        page.keyboard().press("k");
        assertThat(page.locator(".pictures")).hasCount(0);
        page.context().close();
    }

    @ParameterizedTest
    @CsvSource({"360,780,phone", "3840,2160,wide"})
    void everyScreenFits(int width, int height, String name) {
        Page page = signedIn(browser.window(width, height, "zh-CN"), api, TestApi.TOKEN);
        assertThat(page.locator("html")).hasAttribute("lang", "zh-Hans");
        for (String screen : List.of("", "search?q=car", "alerts", "rules", "streams", "moment/street.mp4?event=car")) {
            go(page, screen);
            look(page, name + "-" + screen.replaceFirst("[/?].*", "").replaceFirst("^$", "live"));
        }
        page.context().close();
    }

    @Test
    void theRestCanBeUsedByEverybody() {
        Page page = signedIn(browser.window(), api, TestApi.TOKEN);
        for (String screen : List.of("alerts", "rules", "streams", "search", "nowhere")) {
            go(page, screen);
            look(page, screen);
        }
        go(page, "streams?add");
        assertThat(page.getByRole(AriaRole.DIALOG)).isVisible();
        look(page, "add-a-camera");
        page.context().close();
    }

    @Test
    void whatTheButtonSaysGoesBeforeWhatTheSystemWants() {
        Page page = signedIn(browser.window(), api, TestApi.TOKEN);
        List<String> grounds = new ArrayList<>();
        for (int presses = 0; presses < 3; presses++) {
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
                grounds.add((String) page.evaluate("getComputedStyle(document.documentElement).backgroundColor"));
            }
            page.locator("#rail button[aria-label='Light or dark']").click();
        }

        String light = "rgb(245, 246, 248)";
        String dark = "rgb(11, 14, 19)";
        assertThat(grounds).containsExactly(light, dark, light, light, dark, dark);
        page.context().close();
    }

    @Test
    void wordsNeverBecomeMarkup() {
        Page page = signedIn(browser.window(), api, TestApi.TOKEN);
        go(page, "search?q=bold");
        assertThat(page.locator(".result h3")).hasText(MARKUP);
        page.locator(".result").click();
        assertThat(heading(page, "<i>odd</i>.mp4")).isVisible();
        assertThat(page.locator("aside h2")).hasText(MARKUP);
        assertThat(page.locator("img[src=x], main b, main i:not(.sure i)")).hasCount(0);
        page.context().close();
    }

    @Test
    void aSearchIsReadPageByPageAndNarrowedByWhatIsSuggested() throws IOException {
        IndexNames many = new IndexNames(SERVER.prefix() + "-page-many");
        Stored stored = Stored.in(elasticsearch, many);
        for (int i = 0; i < 30; i++) {
            stored.events(event("tram" + i, "street.mp4", STREET.toString(), "a tram", i * 1_000L));
        }
        VideoEvent theft = labelled(event("theft", "street.mp4", STREET.toString(), "a tram", 40_000), "theft");
        stored.events(theft).alerts(alert(theft)).store();
        try (TestApi trams = TestApi.start(elasticsearch, many, Files.createDirectory(data.resolve("many")))) {
            trams.patch("/api/v1/alerts/theft/handling", "{\"verdict\": \"true_alarm\"}");
            trams.put("/api/v1/rules/a%20tram", "{\"when\": \"a tram\", \"labels\": [\"theft\"]}");
            Page page = signedIn(browser.window(), trams, TestApi.TOKEN);
            go(page, "search?q=tram");
            assertThat(page.locator(".result")).hasCount(24);
            button(page, "More").click();
            assertThat(page.locator(".result")).hasCount(31);
            assertThat(button(page, "More")).isHidden();

            // counted by the server, not on the page that was fetched
            button(page, "By video").click();
            assertThat(page.locator(".group h2")).hasText("street.mp4 · 31 moments");
            assertThat(page.locator(".result")).hasCount(4);
            button(page, "By video").click();

            page.locator("input[name=q]").fill("tram label:th");
            assertThat(page.locator("#suggestions li").first()).containsText("theft");
            page.keyboard().press("ArrowDown");
            page.keyboard().press("Enter");
            page.keyboard().press("Enter");
            assertThat(page.locator(".result")).hasCount(1);
            page.locator("input[name=q]").fill("tram verdict:false_alarm");
            page.keyboard().press("Enter");
            assertThat(page.locator(".result")).hasCount(0);
            page.context().close();
        }
    }

    @Test
    void whereNothingWasWatchedItSaysHowToBegin() {
        IndexNames empty = new IndexNames(SERVER.prefix() + "-page-empty");
        Stored.in(elasticsearch, empty);
        try (TestApi nothing = TestApi.start(elasticsearch, empty, data)) {
            Page page = signedIn(browser.window(), nothing, TestApi.TOKEN);
            assertThat(heading(page, "Nothing is watched yet")).isVisible();
            assertThat(page.locator("main")).containsText("./longwatch demo");
            look(page, "empty");
            page.context().close();
        }
    }

    @Test
    void aRuleSaysHowOftenItWasRightAndWhichThresholdWouldHaveBeenBetter() throws IOException {
        IndexNames judged = new IndexNames(SERVER.prefix() + "-page-judged");
        Stored stored = Stored.in(elasticsearch, judged);
        for (int i = 0; i < 5; i++) {
            stored.alerts(alert(event("van" + i, "street.mp4", STREET.toString(), "a van", i * 2_000L)));
        }
        stored.store();
        try (TestApi rules = TestApi.start(elasticsearch, judged, Files.createDirectory(data.resolve("judged")))) {
            for (int i = 0; i < 5; i++) {
                String verdict = i < 2 ? "true_alarm" : "false_alarm";
                rules.patch("/api/v1/alerts/van" + i + "/handling", "{\"verdict\": \"" + verdict + "\"}");
            }
            rules.put("/api/v1/rules/a%20van", "{\"when\": \"a van\"}");
            rules.put("/api/v1/rules/a%20dog", "{\"when\": \"a dog\"}");
            Page page = signedIn(browser.window(), rules, TestApi.TOKEN);
            go(page, "rules");
            assertThat(row(page, "a van")).containsText("40 %");
            assertThat(row(page, "a van")).containsText("2 of 5; likely 12 to 77 %");
            assertThat(row(page, "a van")).containsText("after 5 verdicts: try 0.76");
            assertThat(row(page, "a dog").locator("td").nth(3)).hasText("–");
            look(page, "rules-judged");
            page.context().close();

            Page chinese = signedIn(browser.window(360, 780, "zh-CN"), rules, TestApi.TOKEN);
            go(chinese, "rules");
            assertThat(row(chinese, "a van")).containsText("5 条中 2 条属实；可能为 12–77%");
            look(chinese, "phone-rules-judged");
            chinese.context().close();
        }
    }

    private static Locator row(Page page, String rule) {
        return page.locator("tbody tr").filter(new Locator.FilterOptions().setHasText(rule));
    }

    @Test
    void whereElasticsearchIsAwayItSaysSo() {
        try (Elasticsearch nowhere = Elasticsearch.unprobed(ElasticsearchAddress.of("http://127.0.0.1:1"));
                TestApi failing = TestApi.start(nowhere, names, data)) {
            Page page = signedIn(browser.window(), failing, TestApi.TOKEN);
            assertThat(page.getByRole(AriaRole.ALERT)).containsText("Elasticsearch cannot be asked now");
            assertThat(button(page, "Try again")).isVisible();
            look(page, "failing");
            page.context().close();
        }
    }

    @Test
    void whereNobodyAnswersItSaysWhatToDo() {
        Page page;
        try (TestApi dying = TestApi.start(elasticsearch, names, data)) {
            page = signedIn(browser.window(), dying, TestApi.TOKEN);
            assertThat(heading(page, "Live")).isVisible();
        }
        page.getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName("Rules").setExact(true))
                .click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("Longwatch does not answer");
        look(page, "dead");
        page.context().close();
    }

    @Test
    void aNewTokenEndsSessionsAndWhoSignsInAgainGoesOnWhereTheyWere() throws IOException {
        Path folder = Files.createDirectory(data.resolve("token"));
        String token = ApiToken.create(folder).orElseThrow();
        try (TestApi changing =
                TestApi.start(ApiSettings.onLoopback(0, data), ApiToken.keptIn(folder), elasticsearch, names)) {
            Page page = signedIn(browser.window(), changing, token);
            String renewed = ApiToken.renew(folder);
            go(page, "moment/street.mp4?event=dog");
            assertThat(page.locator(".login")).containsText("Your session is over");
            look(page, "expired");
            page.getByLabel("Token").fill(renewed);
            button(page, "Sign in").click();
            assertThat(page.locator("aside")).containsText("a dog runs");
            page.context().close();
        }
    }

    @Test
    void aDeletedVideoSaysSo() {
        assertThat(api.delete("/api/v1/videos/old.mp4").status()).isEqualTo(200);
        Page page = signedIn(browser.window(), api, TestApi.TOKEN);
        go(page, "moment/old.mp4?event=old");
        assertThat(heading(page, "old.mp4 is not here")).isVisible();
        look(page, "deleted");
        go(page, "moment/street.mp4?event=old");
        assertThat(heading(page, "This event is gone")).isVisible();
        page.context().close();
    }

    @Test
    void aVideoThatTheBrowserCannotDecodeIsOfferedForDownload() {
        Page page = signedIn(browser.window(), api, TestApi.TOKEN);
        go(page, "moment/broken.mp4?event=bad");
        assertThat(page.locator(".player .why")).containsText("This browser cannot play this video.");
        assertThat(page.locator(".player a[download]")).hasAttribute("href", "api/v1/media/broken.mp4");
        look(page, "undecodable");
        page.context().close();
    }

    @Test
    void bothLanguagesSayTheSameThings() {
        Page page = signedIn(browser.window(), api, TestApi.TOKEN);
        Object missing = page.evaluate(
                """
                async () => {
                  const [en, zh] = await Promise.all(["en", "zh"].map((name) => import(`/js/texts/${name}.js`)));
                  const keys = [Object.keys(en.default), Object.keys(zh.default)];
                  const names = (text) => [...JSON.stringify(text).matchAll(/\\{\\w+\\}/g)].map(String).filter((v, i, all) => all.indexOf(v) === i).sort().join();
                  return [...keys[0].filter((key) => !(key in zh.default)), ...keys[1].filter((key) => !(key in en.default)),
                    ...keys[0].filter((key) => key in zh.default && names(en.default[key]) !== names(zh.default[key]))];
                }""");
        assertThat((List<?>) missing).isEmpty();
        page.context().close();
    }

    /** A clip of the street that was looked at, and how likely the model held a car and a dog in it; a cow never. */
    private static CoverageSpan looked(long fromMillis, double car, double dog) {
        return new CoverageSpan(
                "street.mp4",
                Kept.NOON + fromMillis,
                Kept.NOON + fromMillis + 16_000,
                CoverageSpan.State.ANALYSED,
                "",
                2,
                Kept.NOON,
                List.of(
                        new RuleProbability("a red car stops", car),
                        new RuleProbability("a dog runs", dog),
                        new RuleProbability("a cow", 0.01)));
    }

    private static Page signedIn(Page page, TestApi where, String token) {
        page.navigate(where.uri("/").toString());
        page.locator("input[name=token]").fill(token);
        page.locator(".login button").click();
        assertThat(page.locator(".searchbar")).isVisible();
        settled(page);
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
        settled(page);
    }

    /** The screen is there, whatever it says. */
    private static void settled(Page page) {
        assertThat(page.locator("#main[aria-busy]")).hasCount(0);
    }

    private static Locator heading(Page page, String name) {
        return page.getByRole(
                AriaRole.HEADING, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
