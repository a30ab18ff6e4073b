// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.alert.Schedule;
import dev.longwatch.indexer.alert.Severity;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.local.TestElasticsearch;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.schema.Schema;
import dev.longwatch.indexer.sink.CoverageSink;
import dev.longwatch.indexer.sink.EventSink;
import dev.longwatch.indexer.watchlist.Sampling;
import dev.longwatch.jobs.PromQl.Sample;
import dev.longwatch.jobs.alert.Snoozes;
import dev.longwatch.jobs.alert.deliver.Channels;
import dev.longwatch.jobs.decode.Videos;
import dev.longwatch.jobs.evidence.EvidenceFolder;
import dev.longwatch.jobs.follow.Watchlists;
import dev.longwatch.jobs.ground.ModelFit;
import dev.longwatch.jobs.ground.ScriptedModel;
import dev.longwatch.jobs.record.LiveServer;
import dev.longwatch.jobs.record.RecordOptions;
import dev.longwatch.jobs.record.RecordSource;
import dev.longwatch.jobs.source.LiveSource;
import dev.longwatch.jobs.source.LiveWatching;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What the Grafana dashboard asks Prometheus for is what the two jobs and Flink expose, as Prometheus would scrape it. */
@Timeout(300)
class DashboardMetricsTest {

    private static final Path DASHBOARD = Path.of("..", "dashboards", "grafana", "dashboards", "longwatch.json");
    private static final Duration PATIENCE = Duration.ofSeconds(200);
    private static final int PORT = freePort();
    private static final AlertRule SQUARE = AlertRule.of("a square")
            .withAlerting(new AlertRule.Alerting(true, Severity.INFO, 0, Schedule.ALWAYS, List.of()));

    @RegisterExtension
    static final TestElasticsearch elasticsearch = new TestElasticsearch();

    @RegisterExtension
    static final MiniClusterExtension flink = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setConfiguration(Configuration.fromMap(Map.of(
                    "metrics.reporter.prometheus.factory.class",
                    "org.apache.flink.metrics.prometheus.PrometheusReporterFactory",
                    "metrics.reporter.prometheus.port",
                    Integer.toString(PORT),
                    "metrics.reporter.prometheus.filterLabelValueCharacters",
                    "false")))
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(2)
            .build());

    @TempDir
    private Path folder;

    private final HttpClient prometheus = HttpClient.newHttpClient();
    private final List<JobClient> jobs = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (JobClient job : jobs) {
            job.cancel().get();
            await().atMost(PATIENCE).until(() -> job.getJobStatus().get().isGloballyTerminalState());
        }
    }

    @Test
    void everyMetricOfTheDashboardIsExposed() throws Exception {
        Map<String, PromQl> asked = queries();
        assertThat(asked).hasSizeGreaterThan(20);
        assertThat(asked)
                .allSatisfy((query, parsed) -> assertThat(parsed.selectors()).isNotEmpty());
        startBoth();

        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
            List<Sample> exposed = scrape();
            assertThat(asked)
                    .allSatisfy((query, parsed) ->
                            assertThat(parsed.missing(exposed)).as(query).isEmpty());
            for (String counted : List.of(
                    "ground_clips",
                    "ground_watchedMillis",
                    "ground_answerMillis_count",
                    "source_picturesDecoded",
                    "record_stream_recordedMillis",
                    "record_stream_bytes",
                    "sink_stored")) {
                assertThat(exposed)
                        .as(counted)
                        .anyMatch(sample -> sample.name().endsWith("_operator_" + counted) && sample.value() > 0);
            }
            assertThat(exposed)
                    .as("streams by their own names")
                    .anyMatch(sample -> sample.name().endsWith("_lagMillis")
                            && "the yard".equals(sample.labels().get("stream")));
        });
    }

    @Test
    void whatNobodyExposesIsFound() {
        List<Sample> exposed = Sample.read(
                        """
                        # HELP up nothing
                        up{job="flink",code="a \\"b\\" {c}",} 1.0
                        load{job="flink",} NaN
                        """)
                .toList();

        assertThat(PromQl.of("sum by (job) (rate(up{code=~\"a.*\"}[1m])) / 60").missing(exposed))
                .isEmpty();
        assertThat(PromQl.of("max(load{job=\"$job\"}) + up").missing(exposed)).isEmpty();
        assertThat(PromQl.of("max(upp)").missing(exposed)).hasSize(1);
        assertThat(PromQl.of("up{job=\"flunk\"}").missing(exposed)).hasSize(1);
        assertThat(PromQl.of("up{host!=\"\"}").missing(exposed)).hasSize(1);
        assertThat(PromQl.of("sum by (jib) (up)").missing(exposed)).containsExactly("up by jib");
    }

    private void startBoth() throws Exception {
        IndexNames names = new IndexNames(elasticsearch.prefix() + "-metrics");
        try (Elasticsearch client = Elasticsearch.open(elasticsearch.address())) {
            new Schema(client, names, 0).install();
        }
        Watchlists watchlist = new Watchlists(folder);
        watchlist
                .streams(Watchlists.stream(
                        "the yard", Videos.uri("no-b-frames.mp4"), new Sampling(2, false, 2_000, 1_000)))
                .rules(SQUARE)
                .write();
        RecordOptions options = RecordOptions.in(folder.toString()).withSegment(Duration.ofSeconds(1));
        ScriptedModel.Address model = new ScriptedModel.Address(Square::in);
        jobs.add(new WatchJob(
                        new LiveSource(
                                watchlist.file(),
                                new LiveWatching(folder.toString(), false, new ModelFit(model), 60_000)),
                        model,
                        0,
                        new EventSink(elasticsearch.address(), names),
                        new DiscardingSink<>(),
                        new DiscardingSink<>(),
                        new CoverageSink(elasticsearch.address(), names, 0))
                .with(new WatchJob.Alarms(
                        Channels.Opener.of(watchlist.file()),
                        Snoozes.Opener.NONE,
                        new DiscardingSink<>(),
                        new DiscardingSink<>(),
                        new DiscardingSink<>()))
                .showing(new WatchJob.Showing(
                        new EvidenceFolder(folder.resolve("evidence").toString(), ""), new DiscardingSink<>()))
                .execute(environment()));
        jobs.add(new RecordJob(
                        new RecordSource(watchlist.file(), options),
                        new DiscardingSink<>(),
                        new DiscardingSink<>(),
                        new DiscardingSink<>(),
                        new CoverageSink(elasticsearch.address(), names, 0))
                .execute(environment()));
    }

    private static int freePort() {
        try {
            return LiveServer.freePort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static StreamExecutionEnvironment environment() {
        Configuration settings = new Configuration();
        settings.setString("execution.checkpointing.interval", "500 ms");
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(settings);
        env.setParallelism(1);
        return env;
    }

    private List<Sample> scrape() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + PORT + "/metrics"))
                .build();
        return Sample.read(prometheus.send(request, BodyHandlers.ofString()).body())
                .toList();
    }

    private static Map<String, PromQl> queries() throws IOException {
        Map<String, PromQl> queries = new LinkedHashMap<>();
        for (JsonNode query :
                new ObjectMapper().readTree(Files.readString(DASHBOARD)).findValues("expr")) {
            queries.put(query.asText(), PromQl.of(query.asText()));
        }
        return queries;
    }
}
