// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longwatch.indexer.local.TestElasticsearch;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The API as a process of its own. */
@Timeout(300)
class ServeCommandTest {

    @RegisterExtension
    static final TestElasticsearch SERVER = new TestElasticsearch();

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path data;

    /** With the test run's Elasticsearch. */
    @BeforeEach
    void configure() throws IOException {
        Files.writeString(
                config(),
                "streams:\n  yard: rtsp://10.0.0.7/main\nelasticsearch:\n  url: "
                        + SERVER.address().url() + "\n  prefix: " + SERVER.prefix() + "\n");
    }

    private Path config() {
        return data.resolve("longwatch.yaml");
    }

    @Test
    void itIsServedWithATokenThatIsPrintedOnceUntilItIsStopped() throws Exception {
        Process first = start("serve", "--port", "0", "-c", config().toString());
        try {
            BufferedReader out = first.inputReader();
            String token = next(out, "token").path("token").asText();
            String url = next(out, "serving").path("url").asText();
            assertThat(url).startsWith("http://127.0.0.1:");
            assertThat(status(url, token)).isEqualTo(200);
            assertThat(status(url, "guess")).isEqualTo(401);

            Run second = run("serve", "--port", url.substring(url.lastIndexOf(':') + 1), "-c", config().toString());
            assertThat(second.status()).isEqualTo(2);
            assertThat(second.out()).isEmpty();
            assertThat(second.err())
                    .contains("port " + url.substring(url.lastIndexOf(':') + 1))
                    .contains("--port");

            Run renewed = run("token");
            String fresh = JSON.readTree(renewed.out()).path("token").asText();
            assertThat(status(url, token)).isEqualTo(401);
            assertThat(status(url, fresh)).isEqualTo(200);

            // unlike Process.destroy this leaves its output open
            first.toHandle().destroy();
            assertThat(first.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(out.readLine()).isNull();
            assertThat(Files.readString(data.resolve("err")))
                    .doesNotContain(token)
                    .doesNotContain(fresh);
        } finally {
            first.destroyForcibly();
        }
    }

    @Test
    void theTokenOfTheConfigurationIsTaken() throws Exception {
        Files.writeString(config(), "auth:\n  token: sixteen characters\n", StandardOpenOption.APPEND);
        Process server = start("serve", "--port", "0", "-c", config().toString());
        try {
            String url = next(server.inputReader(), "serving").path("url").asText();
            assertThat(status(url, "sixteen characters")).isEqualTo(200);
            assertThat(data.resolve("api/token.sha256")).doesNotExist();
        } finally {
            server.destroy();
            assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void whatCannotBeServedIsSaid() throws Exception {
        assertThat(run("serve", "--port", "70000").status()).isEqualTo(2);
        Run unread = run("serve", "-c", data.resolve("none.yaml").toString());
        assertThat(unread.status()).isEqualTo(2);
        assertThat(unread.err()).contains("none.yaml");
    }

    private static JsonNode next(BufferedReader out, String type) throws IOException {
        String line = out.readLine();
        assertThat(line).isNotNull();
        JsonNode node = JSON.readTree(line);
        assertThat(node.path("type").asText()).isEqualTo(type);
        return node;
    }

    private static int status(String url, String token) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/api/v1/videos"))
                .header("Authorization", "Bearer " + token)
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }

    private record Run(int status, String out, String err) {}

    private Run run(String... arguments) throws IOException, InterruptedException {
        Path err = Files.createTempFile(data, "err", "");
        Process process = builder(arguments).redirectError(err.toFile()).start();
        String out = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return new Run(process.exitValue(), out, Files.readString(err));
    }

    private Process start(String... arguments) throws IOException {
        return builder(arguments).redirectError(data.resolve("err").toFile()).start();
    }

    private ProcessBuilder builder(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.longwatch.dashboards.cli.Longwatch"));
        command.addAll(List.of(arguments));
        command.addAll(List.of(
                "--json",
                "--data",
                data.toString(),
                "--elasticsearch",
                SERVER.address().url()));
        return new ProcessBuilder(command);
    }
}
