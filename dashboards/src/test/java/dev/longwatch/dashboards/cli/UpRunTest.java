// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longwatch.dashboards.api.ApiSettings;
import dev.longwatch.dashboards.api.auth.ApiToken;
import dev.longwatch.dashboards.config.ConfigFile;
import dev.longwatch.dashboards.govern.Overview;
import dev.longwatch.dashboards.local.DataFolder;
import dev.longwatch.dashboards.local.ExitCode;
import dev.longwatch.dashboards.local.JobProcess;
import dev.longwatch.dashboards.local.KeptIndex;
import dev.longwatch.dashboards.local.Problem;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.local.TestElasticsearch;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.search.DefinitionDesk;
import dev.longwatch.indexer.watchlist.Definition;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code longwatch up} with the real Elasticsearch, and jobs that only pretend to see. */
class UpRunTest {

    private static final String TOKEN = "a token of these tests";

    @RegisterExtension
    static final TestElasticsearch SERVER = new TestElasticsearch();

    @TempDir
    private Path temporary;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final String prefix =
            SERVER.prefix() + "-" + UUID.randomUUID().toString().substring(0, 4);
    private int port;
    private DataFolder folder;
    private Path file;
    private UpRun run;
    private CompletableFuture<Void> ended;

    @BeforeEach
    void makeFolder() {
        folder = new DataFolder(temporary.resolve("data"));
        folder.create();
        file = temporary.resolve("longwatch.yaml");
    }

    @AfterEach
    void stop() {
        if (run != null) {
            run.stop();
            ended.exceptionally(problem -> null).join();
        }
    }

    @Test
    void streamsAndRulesComeAndGoWhileItRuns() throws Exception {
        up(
                """
                streams:
                  yard: rtsp://viewer:geheim@10.0.0.7/main
                  attic: gopher://10.0.0.7/
                rules: {car: {when: a car, streams: yard, severity: critical}}
                """,
                false);
        awaitOutput("Watching yard, attic for car.", "  yard  recording it", "  yard  car  critical  0.50");
        awaitOutput("  attic  not allowed: such addresses are never opened");
        awaitOutput("yard: watching is ", " behind recording");

        try (Elasticsearch elasticsearch = Elasticsearch.open(SERVER.address())) {
            IndexNames names = new IndexNames(prefix);
            DefinitionDesk.ofStreams(elasticsearch, names)
                    .put(Definition.of("gate", "{\"url\":\"rtsp://10.0.0.8/main\"}"), 1);
            DefinitionDesk rules = DefinitionDesk.ofRules(elasticsearch, names);
            rules.put(Definition.of("loud", "{\"when\":\"noise\",\"notify\":[\"nobody\"]}"), 1);
            Definition dog = rules.put(Definition.of("dog", "{\"when\":\"a dog\",\"threshold\":0.75}"), 1);
            awaitOutput("stream 'gate' is new", "  gate  recording it", "  gate  dog  warning  0.75");
            awaitOutput("left out: rule 'loud' of the index: no channel under 'notify' is called 'nobody'");
            rules.remove(dog);
            awaitOutput("rule 'dog' is gone");
        }

        Files.writeString(
                file,
                "streams: {yard: rtsp://10.0.0.7/main}\nrules: {car: {when: a car, treshold: 0.9}}\nelasticsearch:"
                        + " {prefix: " + prefix + "}\n");
        awaitOutput(
                file + ":2: unknown key 'treshold'; did you mean 'threshold'? (what it said before stays in force)");
        assertThat(Overview.read(folder)).hasValueSatisfying(overview -> assertThat(overview.streams())
                .extracting(Overview.Stream::name)
                .containsExactly("yard", "attic", "gate"));
        Files.writeString(file, "streams: {yard: rtsp://10.0.0.7/main}\nelasticsearch: {prefix: " + prefix + "}\n");
        awaitOutput("stream 'attic' is gone", "rule 'car' is gone", "stream 'yard' has changed");

        run.stop();
        ended.join();
        assertThat(folder.recordState().resolve("stopped")).exists();
        assertThat(folder.watchState().resolve("stopped")).exists();
        assertThat(output()).doesNotContain("geheim");
    }

    @Test
    void aJobThatDiesIsStartedAnewAndSaid() throws Exception {
        Files.writeString(
                folder.recordState().resolve("fail"),
                "{\"type\":\"failed\",\"cause\":\"INDEX\",\"message\":\"Elasticsearch is not there yet\"}");
        up("streams: {yard: rtsp://10.0.0.7/main}", false);

        awaitOutput("the recorder ended: Elasticsearch is not there yet; it is started again in 1 s");
        awaitOutput("  yard  recording it");
        Path pid = folder.watchState().resolve("pid");
        await().atMost(Duration.ofMinutes(3)).until(() -> Files.exists(pid));
        String first = Files.readString(pid);
        ProcessHandle.of(Long.parseLong(first)).orElseThrow().destroyForcibly();
        awaitOutput("the watcher ended: the job's process ended with status 137", "it is started again in 1 s");
        await().atMost(Duration.ofMinutes(3)).until(() -> !Files.readString(pid).equals(first));
    }

    @Test
    void aModelThatCannotBeUsedEndsIt() throws Exception {
        Files.writeString(
                folder.watchState().resolve("fail"),
                "{\"type\":\"failed\",\"cause\":\"MODEL\",\"message\":\"no checkpoint is there\"}");
        up("", false);

        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(ended::join)
                .withCauseInstanceOf(Problem.class)
                .satisfies(e -> assertThat(((Problem) e.getCause()).exitCode()).isEqualTo(ExitCode.MODEL))
                .withMessageContaining("no checkpoint is there");
        assertThat(output()).contains("No stream is watched yet. Add one: longwatch streams add NAME URL");
        assertThat(folder.recordState().resolve("stopped")).exists();
    }

    @Test
    void programsAreToldOneObjectALine() throws Exception {
        up("streams: {yard: rtsp://10.0.0.7/main}\nrules: {car: a car}\n", true);
        awaitOutput("\"type\":\"alert\"", "\"type\":\"status\"", "\"streams_up\":1", "\"alerts_today\":1");
        run.stop();
        ended.join();

        for (String line : output().lines().toList()) {
            JsonNode object = new ObjectMapper().readTree(line);
            assertThat(object.path("type").asText()).isIn("up", "serving", "stream", "alert", "status", "note");
        }
    }

    @Test
    void theApiIsServedBesides() throws Exception {
        up("streams: {yard: rtsp://viewer:geheim@10.0.0.7/main}", true);
        awaitOutput("\"type\":\"serving\"", "\"state\":\"recording\"");
        String url = output().lines()
                .filter(line -> line.contains("\"serving\""))
                .map(line -> line.replaceAll(".*\"url\":\"([^\"]*)\".*", "$1"))
                .findFirst()
                .orElseThrow();

        HttpResponse<String> put = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url + "/api/v1/streams/gate"))
                                .header("Authorization", "Bearer " + TOKEN)
                                .header("Content-Type", "application/json")
                                .PUT(BodyPublishers.ofString("{\"url\": \"rtsp://10.0.0.8/main\"}"))
                                .build(),
                        BodyHandlers.ofString());
        assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
        awaitOutput("stream 'gate' is new");
        String streams = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url + "/api/v1/streams"))
                                .header("Authorization", "Bearer " + TOKEN)
                                .build(),
                        BodyHandlers.ofString())
                .body();
        assertThat(streams)
                .contains("\"name\":\"gate\"", "\"state\":\"recording\"")
                .doesNotContain("geheim");
    }

    @Test
    void aPortThatIsInUseIsSaidBeforeAnythingStarts() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = taken.getLocalPort();
            up("streams: {yard: rtsp://10.0.0.7/main}", false);
            assertThatExceptionOfType(CompletionException.class)
                    .isThrownBy(ended::join)
                    .withCauseInstanceOf(Problem.class)
                    .withMessageContaining("port " + port);
        }
        assertThat(folder.recordState().resolve("pid")).doesNotExist();
    }

    private void up(String yaml, boolean json) throws IOException {
        Files.writeString(file, yaml + "\nelasticsearch: {prefix: " + prefix + "}\n");
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        Screen screen = new Screen(stream, stream, json, false);
        run = new UpRun(
                screen,
                folder,
                file,
                ConfigFile.read(file),
                KeptIndex.named(SERVER.address()),
                new UpRun.Jobs() {
                    @Override
                    public JobProcess record(String config) {
                        return fake(config);
                    }

                    @Override
                    public JobProcess watch(String config) {
                        return fake(config);
                    }
                },
                new UpRun.Api(ApiSettings.onLoopback(port, folder.root().resolve("api")), ApiToken.of(TOKEN)));
        ended = CompletableFuture.runAsync(run::run, work -> new Thread(work, "up").start());
    }

    private JobProcess fake(String config) {
        return JobProcess.start(
                System.getProperty("java.class.path"),
                FakeJob.class.getName(),
                "-Xmx64m",
                config,
                folder.logs().resolve("fake.log"));
    }

    private void awaitOutput(String... parts) {
        await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(output()).contains(parts));
    }

    private String output() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
