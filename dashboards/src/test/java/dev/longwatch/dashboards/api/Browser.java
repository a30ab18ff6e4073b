// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Assumptions;

/** Chromium as people have it. Everything it complains about is gathered; what it shows is kept in {@code target/screens}. */
final class Browser implements AutoCloseable {

    private static final Path SCREENS = Path.of("target", "screens");
    private static final String CHROMIUM = System.getenv().getOrDefault("CHROMIUM", "/usr/bin/chromium");

    /**
     * What the browser says of every answer that is no good, which the page says in its own words; and of what Playwright
     * evaluates itself. A script of the page that did so would get an error besides.
     */
    private static final List<String> EXPECTED =
            List.of("Failed to load resource", "This document requires 'TrustedScript' assignment");

    /** A machine that is busy with something else is no fault of the page. */
    private static final int PATIENCE_MILLIS = 60_000;

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser browser;
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    private Browser(Playwright playwright) {
        this.playwright = playwright;
        browser = playwright
                .chromium()
                .launch(new LaunchOptions().setExecutablePath(Path.of(CHROMIUM)).setArgs(List.of("--no-sandbox")));
    }

    /** Skips the test where there is no Chromium. */
    static Browser open() {
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of(CHROMIUM)),
                "the page is not tested: there is no " + CHROMIUM + "; install chromium or name one in CHROMIUM");
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        return new Browser(Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))));
    }

    /** A window of somebody who was never here. */
    Page window(int width, int height, String locale) {
        BrowserContext context = browser.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setColorScheme(ColorScheme.DARK)
                .setPermissions(List.of("clipboard-read", "clipboard-write"))
                .setLocale(locale));
        context.setDefaultTimeout(PATIENCE_MILLIS);
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && EXPECTED.stream().noneMatch(message.text()::startsWith)) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        return page;
    }

    Page window() {
        return window(1440, 900, "en-GB");
    }

    /** What the browser has complained about since this was asked last. */
    List<String> complaints() {
        List<String> since = List.copyOf(complaints);
        complaints.clear();
        return since;
    }

    /** Keeps what is shown, dark and light, and requires that everybody can use it. */
    static void look(Page page, String name) {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            String file = name + (scheme == ColorScheme.LIGHT ? "-light.png" : ".png");
            page.screenshot(new Page.ScreenshotOptions().setPath(SCREENS.resolve(file)));
            assertThat(new AxeBuilder(page)
                            .analyze().getViolations().stream()
                                    .filter(rule ->
                                            List.of("serious", "critical").contains(rule.getImpact()))
                                    .flatMap(rule -> rule.getNodes().stream()
                                            .map(node -> rule.getId() + ": " + node.getHtml() + " "
                                                    + node.getFailureSummary())))
                    .as(file)
                    .isEmpty();
        }
        assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth > innerWidth"))
                .as(name + " scrolls sideways")
                .isFalse();
    }

    /** Bytes that answers needed on the wire, without those that never end. */
    static long bytes(List<Response> responses) {
        return responses.stream()
                .filter(response -> !response.url().contains("/events/stream"))
                .map(response -> response.request().sizes())
                .mapToLong(sizes -> sizes.responseHeadersSize + sizes.responseBodySize)
                .sum();
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
