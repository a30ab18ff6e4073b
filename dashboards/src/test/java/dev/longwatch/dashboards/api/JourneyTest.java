// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.longwatch.dashboards.api.Browser.look;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.longwatch.indexer.local.TestElasticsearch;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * From the empty page to an exported clip, with nothing but a browser: the real {@code longwatch up} records, watches with the
 * embedded model and serves; the sample video, played at its own pace, is the camera.
 */
@Timeout(900)
class JourneyTest {

    @RegisterExtension
    static final TestElasticsearch SERVER = new TestElasticsearch();

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path ROOT = Path.of(System.getProperty("longwatch.root"));
    private static final String STREET =
            ROOT.resolve("sample/street.mp4").toUri().toString();

    /** What a recording and a model take on a busy machine. */
    private static final double PATIENCE = 240_000;

    @TempDir
    Path data;

    private Browser browser;
    private Process up;
    private int port;

    @BeforeEach
    void start() throws IOException {
        browser = Browser.open();
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Files.writeString(
                data.resolve("longwatch.yaml"),
                """
                elasticsearch:
                  url: %s
                  prefix: %s
                auth:
                  token: %s
                """
                        .formatted(SERVER.address().url(), SERVER.prefix() + "-journey", TestApi.TOKEN));
        up = up();
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (browser != null) {
            browser.close();
        }
        if (up != null) {
            up.toHandle().destroy();
            if (!up.waitFor(120, TimeUnit.SECONDS)) {
                up.destroyForcibly();
            }
        }
    }

    @Test
    void fromTheEmptyPageToAnExportedClip() throws Exception {
        Page page = browser.window();
        page.onDialog(Dialog::accept);
        try {
            travel(page);
        } catch (AssertionError | RuntimeException e) {
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "screens", "journey-failed.png")));
            throw e;
        }
        assertThat(browser.complaints()).isEmpty();
    }

    private void travel(Page page) throws Exception {
        signIn(page);
        assertThat(heading(page, "Nothing is watched yet")).isVisible();

        addACamera(page, "street");
        theTilePlaysWhatIsRecorded(page);
        aRuleIsTriedOnThePastAndArmed(page);
        anotherCameraRaisesAnAlert(page);
        theAlertIsWatchedJudgedAndSaved(page);
        aRestartIsSurvived(page);
        theCameraIsDeletedWithAReceipt(page);
    }

    private static void addACamera(Page page, String name) {
        page.getByRole(AriaRole.LINK, named("Add a camera")).click();
        page.getByLabel("Name").fill(name);
        page.getByLabel("Address").fill("rtsp://127.0.0.1:1/nothing");
        button(page, "Test the connection").click();
        assertThat(page.locator("dialog .chip.bad")).isVisible(patiently());
        look(page, "journey-refused");
        page.getByLabel("Address").fill(STREET);
        button(page, "Test the connection").click();
        assertThat(page.locator("dialog .chip.good")).isVisible(patiently());
        look(page, "journey-camera");
        page.getByRole(AriaRole.DIALOG)
                .getByRole(AriaRole.BUTTON, exactly("Add"))
                .click();
        assertThat(page.getByRole(AriaRole.DIALOG)).not().isVisible(patiently());
        assertThat(page.locator("td a").getByText(name)).isVisible(patiently());
    }

    private static void theTilePlaysWhatIsRecorded(Page page) {
        page.getByRole(AriaRole.LINK, named("Live")).first().click();
        assertThat(page.locator(".tile video")).isVisible(patiently());
        until(page, "document.querySelector('.tile video')?.currentTime > 1");
        assertThat(page.locator(".tile .late")).containsText("behind");
        assertThat(page.locator(".health")).containsText("1 of 1");
        look(page, "journey-live");
    }

    private static void aRuleIsTriedOnThePastAndArmed(Page page) {
        // the video has ended
        assertThat(page.locator(".tile .why strong")).hasText("ended", textPatiently());
        look(page, "journey-ended");
        page.getByRole(AriaRole.LINK, named("Rules")).click();
        page.getByLabel("Sentence").fill("a bus stops");
        assertThat(page.getByRole(AriaRole.COMBOBOX, named("On"))).hasValue("street");
        button(page, "Try it").click();
        Locator found = page.locator(".sheet .result");
        assertThat(found.first()).isVisible(patiently());
        until(
                page,
                "[...document.querySelectorAll('.sheet img')].every(image => image.complete && image.naturalWidth > 0)");
        look(page, "journey-rule");
        Locator threshold = page.getByRole(AriaRole.SLIDER, named("Threshold"));
        threshold.fill("1");
        assertThat(found).hasCount(0);
        threshold.fill("0.3");
        assertThat(found.first()).isVisible();
        button(page, "Arm it").click();
        assertThat(page.locator("tbody")).containsText("a bus stops");
        assertThat(page.locator("tbody")).containsText("0.3");
    }

    private void anotherCameraRaisesAnAlert(Page page) {
        page.getByRole(AriaRole.LINK, named("Streams")).click();
        button(page, "Add a camera").click();
        page.getByLabel("Name").fill("yard");
        page.getByLabel("Address").fill(STREET);
        page.getByRole(AriaRole.DIALOG)
                .getByRole(AriaRole.BUTTON, exactly("Add"))
                .click();
        assertThat(page.locator("td a").getByText("yard")).isVisible(patiently());
        page.getByRole(AriaRole.LINK, named("Live")).first().click();
        Locator alert = page.locator("li[data-alert]", new Page.LocatorOptions().setHasText("yard"));
        assertThat(alert.first()).isVisible(patiently());
        assertThat(alert.first()).containsText("a bus stops");
        look(page, "journey-alert");
        alert.first().click();
    }

    private void theAlertIsWatchedJudgedAndSaved(Page page) throws IOException {
        assertThat(heading(page, "yard")).isVisible();
        until(
                page,
                """
                (() => {
                  const video = document.querySelector(".player video");
                  return video?.readyState >= 2 && video.videoWidth > 0 && !video.seeking;
                })()""");
        assertThat(page.locator("aside")).containsText("a bus stops");
        // the stream goes on, the moment does not
        assertThat(
                        (Number)
                                page.evaluate(
                                        """
                        (() => {
                          const seconds = (element) => element.textContent.split(":").reduce((sum, part) => 60 * sum + Number(part), 0);
                          return seconds(document.querySelectorAll("aside dd")[1]) - seconds(document.querySelector(".tools time"));
                        })()"""))
                .satisfies(before -> assertThat(before.doubleValue()).isBetween(1.5, 2.5));
        look(page, "journey-moment");
        button(page, "Yes").click();
        assertThat(page.locator("aside")).containsText("A true alarm");
        Download saved = page.waitForDownload(() -> button(page, "Export").click());
        assertThat(new String(Files.readAllBytes(saved.path()), 4, 4, ISO_8859_1))
                .isEqualTo("ftyp");
        page.getByLabel("Your question").fill("When does the bus stop?");
        button(page, "Ask").click();
        // the embedded model has no words of its own and says so
        assertThat(page.locator(".talk .turn").last())
                .not()
                .containsText("Looking", new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE));
        look(page, "journey-asked");
    }

    private void aRestartIsSurvived(Page page) throws Exception {
        page.getByRole(AriaRole.LINK, named("Live")).first().click();
        assertThat(page.locator("li[data-alert]").first()).isVisible();
        up.toHandle().destroy();
        assertThat(up.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(page.getByText("connecting again …")).isVisible(patiently());
        look(page, "journey-reconnecting");
        up = up();
        assertThat(page.getByText("connecting again …")).not().isVisible(patiently());
        page.reload();
        // nobody signs in again
        assertThat(page.locator("li[data-alert]").first()).isVisible(patiently());
        assertThat(page.locator(".login")).hasCount(0);
        assertThat(page.locator(".health")).containsText("of 2", textThere());
    }

    private static void theCameraIsDeletedWithAReceipt(Page page) {
        page.getByRole(AriaRole.LINK, named("Streams")).click();
        button(page, "Remove the stream street").click();
        assertThat(page.locator(".notice")).containsText("Deleted", textThere());
        assertThat(page.locator("td a").getByText("street")).hasCount(0);
        assertThat(page.locator("td a").getByText("yard")).isVisible();
        look(page, "journey-deleted");
    }

    /** Returns when the API answers. */
    private Process up() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Dlongwatch.home=" + ROOT,
                "-cp",
                System.getProperty("java.class.path"),
                "dev.longwatch.dashboards.cli.Longwatch",
                "up",
                "--json",
                "--port",
                String.valueOf(port),
                "--config",
                data.resolve("longwatch.yaml").toString(),
                "--data",
                data.resolve("data").toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(
                        ProcessBuilder.Redirect.appendTo(data.resolve("err").toFile()))
                .start();
        BufferedReader out = process.inputReader();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            JsonNode said = JSON.readTree(line);
            if (said.path("type").asText().equals("serving")) {
                Thread drain = new Thread(() -> out.lines().forEach(more -> {}), "up-output");
                drain.setDaemon(true);
                drain.start();
                return process;
            }
        }
        throw new AssertionError("longwatch up has ended: " + Files.readString(data.resolve("err")));
    }

    private void signIn(Page page) {
        page.navigate("http://127.0.0.1:" + port + "/");
        page.getByLabel("Token").fill(TestApi.TOKEN);
        button(page, "Sign in").click();
        assertThat(page.locator(".searchbar")).isVisible();
    }

    /** The page's own policy forbids Playwright to look again and again by itself. */
    private static void until(Page page, String condition) {
        await().atMost(Duration.ofMillis((long) PATIENCE))
                .pollInSameThread()
                .until(() -> Boolean.TRUE.equals(page.evaluate(condition)));
    }

    private static LocatorAssertions.IsVisibleOptions patiently() {
        return new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE);
    }

    private static LocatorAssertions.HasTextOptions textPatiently() {
        return new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE);
    }

    private static LocatorAssertions.ContainsTextOptions textThere() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE);
    }

    private static Locator heading(Page page, String name) {
        return page.getByRole(
                AriaRole.HEADING, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, named(name));
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }

    private static Locator.GetByRoleOptions exactly(String name) {
        return new Locator.GetByRoleOptions().setName(name).setExact(true);
    }
}
