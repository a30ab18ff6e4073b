// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longwatch.dashboards.api.TestApi.Answer;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.client.ElasticsearchAddress;
import dev.longwatch.indexer.schema.IndexNames;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageFilesTest {

    @TempDir
    static Path data;

    private static Elasticsearch nowhere;
    private static TestApi api;

    @BeforeAll
    static void start() {
        nowhere = Elasticsearch.unprobed(ElasticsearchAddress.of("http://127.0.0.1:1"));
        api = TestApi.start(nowhere, IndexNames.STANDARD, data);
    }

    @AfterAll
    static void stop() {
        api.close();
        nowhere.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/,                       text/html",
        "/page.css,               text/css",
        "/icon.svg,               image/svg+xml",
        "/js/app.js,              text/javascript",
        "/js/views/live.js,       text/javascript",
        "/lib/hls.light.min.js,   text/javascript",
    })
    void everybodyGetsThePageAndNothingElseMayRunInIt(String path, String type) {
        Answer answer = api.send(api.anonymous(path));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type").replace(" ", "")).isEqualToIgnoringCase(type + ";charset=utf-8");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(answer.text()).isNotBlank();
    }

    @Test
    void aCopyThatIsStillRightIsNotSentAgain() {
        String tag = api.send(api.anonymous("/js/app.js")).header("ETag");
        Answer again = api.send(api.anonymous("/js/app.js").header("If-None-Match", "\"other\", " + tag));
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(api.send(api.anonymous("/js/app.js").header("If-None-Match", "\"other\""))
                        .status())
                .isEqualTo(200);
        assertThat(api.send(api.anonymous("/page.css")).header("ETag")).isNotEqualTo(tag);
    }

    @Test
    void filesArePackedForWhoCanUnpack() throws IOException {
        Answer packed = api.send(api.anonymous("/page.css").header("Accept-Encoding", "gzip"));
        byte[] plain = api.send(api.anonymous("/page.css")).body();
        assertThat(packed.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(packed.body().length).isLessThan(plain.length / 2);
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
            assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo(new String(plain, UTF_8));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/js/nothing.js",
                "/js/",
                "/index.html",
                "/js/%2e%2e/api.yaml",
                "/js/..%2f..%2fapi/api.yaml",
                "/lib/README.md",
                "/lib/..%5cindex.html",
                "/js/views/../../index.html",
            })
    void nothingElseIsInTheFolder(String path) {
        assertThat(api.send(api.anonymous(path)).status()).as(path).isIn(400, 404);
    }

    @Test
    void filesAreOnlyRead() {
        assertThat(api.send(api.anonymous("/js/app.js").POST(BodyPublishers.noBody()))
                        .status())
                .isEqualTo(405);
    }
}
