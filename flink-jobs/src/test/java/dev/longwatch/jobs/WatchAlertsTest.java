// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.longwatch.indexer.alert.Alert;
import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.alert.AlertRule.Step;
import dev.longwatch.indexer.alert.Channel;
import dev.longwatch.indexer.alert.Delivery;
import dev.longwatch.indexer.alert.Evidence;
import dev.longwatch.indexer.alert.Schedule;
import dev.longwatch.indexer.alert.Severity;
import dev.longwatch.jobs.alert.Snoozes;
import dev.longwatch.jobs.alert.deliver.Channels;
import dev.longwatch.jobs.clip.ClipGrid;
import dev.longwatch.jobs.decode.VideoFile;
import dev.longwatch.jobs.decode.Videos;
import dev.longwatch.jobs.evidence.EvidenceFolder;
import dev.longwatch.jobs.ground.ModelFit;
import dev.longwatch.jobs.ground.ScriptedModel;
import dev.longwatch.jobs.ground.Watched;
import dev.longwatch.jobs.source.VideoRequest;
import dev.longwatch.jobs.source.VideoSource;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole job with rules that alert, absences and sequences, and a webhook that listens. The scripted model sees something
 * in pictures 130 to 269 and 500 to 899, that is from 5.2 s to 10.8 s and from 20 s to 36 s; after the job was killed it sees
 * it half a second later.
 */
class WatchAlertsTest {

    private static final ClipGrid GRID = new ClipGrid(4_000, 3_500);
    private static final AlertRule.Alerting TOLD =
            new AlertRule.Alerting(true, Severity.WARNING, 0, Schedule.ALWAYS, List.of("hook"));
    private static final AlertRule SQUARE = AlertRule.of("a square").withAlerting(TOLD);
    private static final AlertRule NONE =
            AlertRule.absent("no square", "a square", 5_000).withAlerting(TOLD);
    private static final AlertRule BACK = AlertRule.sequence(
                    "gone and back", List.of(new Step("no square", List.of()), new Step("a square", List.of())), 2_000)
            .withAlerting(TOLD);
    private static final KeptSink<Alert> ALERTS = new KeptSink<>("alerts");
    private static final KeptSink<Delivery> DELIVERIES = new KeptSink<>("deliveries");
    private static final KeptSink<Evidence> EVIDENCE = new KeptSink<>("evidence");
    private static final AtomicInteger LATE_FRAMES = new AtomicInteger();

    @RegisterExtension
    static final MiniClusterExtension flink = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(2)
            .setNumberSlotsPerTaskManager(1)
            .build());

    @TempDir
    private Path evidence;

    private final Queue<String> told = new ConcurrentLinkedQueue<>();

    @Test
    void whatPeopleAreToldIsWhatIsKeptThoughTheJobIsKilledAndTheModelAnswersDifferently(
            @InjectMiniCluster MiniCluster cluster) throws Exception {
        HttpServer hook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hook.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            told.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        hook.start();
        try {
            String address = "http://127.0.0.1:" + hook.getAddress().getPort() + "/";
            LATE_FRAMES.set(0);
            JobClient job = start(address, evidence, 150);
            await().atMost(Duration.ofMinutes(1)).until(() -> !told.isEmpty());
            LATE_FRAMES.set(12);
            cluster.terminateTaskManager(0).get();
            cluster.startTaskManager();
            job.getJobExecutionResult().get();
        } finally {
            hook.stop(0);
        }

        Map<String, Alert> alerts = new LinkedHashMap<>();
        ALERTS.take().forEach(alert -> alerts.put(alert.id(), alert));
        assertThat(alerts.values()).extracting(Alert::state).containsOnly(Alert.State.CLOSED);
        assertThat(alerts.values())
                .extracting(Alert::rule)
                .containsExactlyInAnyOrder(
                        "a square", "a square", "no square", "no square", "gone and back", "gone and back");
        assertThat(alerts.values())
                .filteredOn(alert -> alert.rule().equals("no square"))
                .extracting(alert -> alert.span().startMillis() / 1_000)
                .containsExactlyInAnyOrder(0L, 11L);
        assertThat(told.stream().distinct().filter(key -> key.endsWith("-first-hook")))
                .as("each alert told of, and nothing else")
                .containsExactlyInAnyOrderElementsOf(
                        alerts.keySet().stream().map(id -> id + "-first-hook").toList());
        assertThat(DELIVERIES.take()).extracting(Delivery::state).containsOnly(Delivery.State.DELIVERED);
        Map<String, Evidence> shown = new LinkedHashMap<>();
        EVIDENCE.take().forEach(made -> shown.put(made.alert(), made));
        assertThat(shown.keySet())
                .as("something to see of each alert, and of nothing else")
                .containsExactlyInAnyOrderElementsOf(alerts.keySet());
        assertThat(shown.values()).allSatisfy(made -> {
            assertThat(made.problem()).isEmpty();
            assertThat(made.version()).isEqualTo(alerts.get(made.alert()).version());
            assertThat(evidence.resolve(made.thumbnail())).isNotEmptyFile();
            try (VideoFile clip = VideoFile.open(evidence.resolve(made.clip()).toString())) {
                assertThat(clip.probe().durationMicros() / 1_000)
                        .as("but for pictures that are shown before the last")
                        .isCloseTo(made.clipEndMillis() - made.clipStartMillis(), within(150L));
            }
            assertThat(made.clipStartMillis())
                    .isLessThanOrEqualTo(alerts.get(made.alert()).span().startMillis());
            assertThat(made.clipEndMillis())
                    .isGreaterThanOrEqualTo(alerts.get(made.alert()).span().endMillis());
        });
        try (Stream<Path> files = Files.walk(evidence)) {
            assertThat(files.filter(Files::isRegularFile)).as("nothing half").hasSize(2 * alerts.size());
        }
    }

    private static JobClient start(String hook, Path evidence, int millisPerClip) throws Exception {
        Configuration settings = new Configuration();
        settings.setString("execution.checkpointing.interval", "100 ms");
        settings.setString("restart-strategy.type", "fixed-delay");
        settings.setString("restart-strategy.fixed-delay.attempts", "3");
        settings.setString("restart-strategy.fixed-delay.delay", "100 ms");
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(settings);
        env.setParallelism(1);
        ScriptedModel.Address model = new ScriptedModel.Address((clip, question) -> {
            pause(millisPerClip);
            return Square.in(clip, question, LATE_FRAMES.get());
        });
        List<AlertRule> rules = List.of(SQUARE, NONE, BACK);
        VideoSource source = VideoSource.builder()
                .videos(List.of(new VideoRequest("b-frames.mp4", Videos.uri("b-frames.mp4"))))
                .rules(rules)
                .grid(GRID)
                .fit(new ModelFit(model))
                .build();
        return new WatchJob(
                        source,
                        model,
                        0,
                        new KeptSink<>("alert-index"),
                        new KeptSink<>("alert-events"),
                        new KeptSink<Watched>("alert-clips"),
                        new KeptSink<>("alert-ledger"))
                .with(new WatchJob.Alarms(
                        Channels.Opener.of(List.of(Channel.webhook("hook", hook, "secret"))),
                        Snoozes.Opener.NONE,
                        ALERTS,
                        new KeptSink<>("alert-told"),
                        DELIVERIES))
                .showing(new WatchJob.Showing(new EvidenceFolder(evidence.toString(), ""), EVIDENCE))
                .execute(env);
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
