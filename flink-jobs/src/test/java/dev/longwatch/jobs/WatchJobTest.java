// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import co.elastic.clients.elasticsearch.core.search.Hit;
import com.fasterxml.jackson.databind.JsonNode;
import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.coverage.CoverageSpan;
import dev.longwatch.indexer.local.TestElasticsearch;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.schema.Schema;
import dev.longwatch.indexer.search.CoverageLedger;
import dev.longwatch.indexer.sink.CoverageSink;
import dev.longwatch.indexer.sink.EventSink;
import dev.longwatch.jobs.clip.ClipGrid;
import dev.longwatch.jobs.decode.FrameNumber;
import dev.longwatch.jobs.decode.Videos;
import dev.longwatch.jobs.ground.ModelFit;
import dev.longwatch.jobs.ground.ScriptedModel;
import dev.longwatch.jobs.ground.Watched;
import dev.longwatch.jobs.source.VideoRequest;
import dev.longwatch.jobs.source.VideoSource;
import dev.longwatch.model.Answer;
import dev.longwatch.model.Box;
import dev.longwatch.model.Clip;
import dev.longwatch.model.Frame;
import dev.longwatch.model.Question;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The whole job on real parts but the model: real files, real decoding, real Elasticsearch. The scripted model reads the
 * number painted into each picture and sees something in pictures 130 to 269 and 500 to 899, that is from 5.2 s to 10.8 s
 * and from 20 s to 36 s.
 */
class WatchJobTest {

    private static final ClipGrid GRID = new ClipGrid(4_000, 3_500);
    private static final AlertRule RULE = AlertRule.of("a square");
    private static final KeptSink<Watched> LEDGER = new KeptSink<>("ledger");
    /** How many clips the scripted models of this process were asked about. */
    private static final AtomicInteger ASKED = new AtomicInteger();

    @RegisterExtension
    static final TestElasticsearch elasticsearch = new TestElasticsearch();

    @RegisterExtension
    static final MiniClusterExtension flink = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(2)
            .setNumberSlotsPerTaskManager(1)
            .build());

    @BeforeEach
    void layOut() {
        try (Elasticsearch client = Elasticsearch.open(elasticsearch.address())) {
            for (String run : List.of("calm", "killed")) {
                new Schema(client, names(run), 0).install();
            }
        }
        ASKED.set(0);
    }

    @Test
    void aJobKilledInTheMiddleOfAFileIndexesTheSameEventsEachOnce(@InjectMiniCluster MiniCluster cluster)
            throws Exception {
        start("calm", 0).getJobExecutionResult().get();
        int calmClips = ASKED.getAndSet(0);

        JobClient killed = start("killed", 150);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> ASKED.get() >= 4 && completedCheckpoints(cluster, killed) > 0);
        assertThat(ASKED.get()).as("killed in the middle").isLessThan(calmClips);
        cluster.terminateTaskManager(0).get();
        cluster.startTaskManager();
        killed.getJobExecutionResult().get();

        List<String> expected = documents("calm");
        assertThat(expected).containsExactly("5520-11000 closed", "20000-36000 closed");
        assertThat(documents("killed")).isEqualTo(expected);
        assertThat(ids("killed")).isEqualTo(ids("calm")).doesNotHaveDuplicates();
        assertThat(analysed("killed")).containsExactly(40_000L);
    }

    @Test
    void whatIsSeenIsKeptWithItsBoxesInPicturesOfTheEvent() throws Exception {
        start("calm", 0).getJobExecutionResult().get();

        for (Hit<JsonNode> hit : hits("calm")) {
            JsonNode event = Objects.requireNonNull(hit.source());
            assertThat(event.path("boxes")).isNotEmpty().allSatisfy(box -> {
                assertThat(box.path("at_ms").asLong())
                        .isBetween(
                                event.path("start_ms").asLong(),
                                event.path("end_ms").asLong());
                assertThat(box.path("right").asDouble())
                        .isEqualTo(box.path("at_ms").asLong() * 25 / 1_000 / 1_000.0);
                assertThat(box.path("label").asText()).isEqualTo("square");
            });
        }
    }

    @Test
    void aCheckpointHoldsPositionsAndNoPictures(@InjectMiniCluster MiniCluster cluster) throws Exception {
        JobClient job = start("calm", 100);
        job.getJobExecutionResult().get();

        CheckpointStatsSnapshot stats =
                cluster.getExecutionGraph(job.getJobID()).get().getCheckpointStatsSnapshot();
        assertThat(stats.getCounts().getNumberOfCompletedCheckpoints()).isPositive();
        assertThat(stats.getSummaryStats().getStateSizeStats().getMaximum()).isLessThan(96 * 1_024);
    }

    @Test
    void oneUnreadableFileDoesNotHoldUpTheOthers() throws Exception {
        start("calm", 0, "text.mp4", "empty.mp4", "b-frames.mp4", "/nowhere/gone.mp4")
                .getJobExecutionResult()
                .get();

        assertThat(documents("calm")).hasSize(2);
        assertThat(LEDGER.take())
                .filteredOn(watched -> !watched.problem().isEmpty())
                .extracting(Watched::stream)
                .containsExactlyInAnyOrder("text.mp4", "empty.mp4", "/nowhere/gone.mp4");
    }

    /** Lengths of the stretches that were analysed, as the index has them. */
    private static List<Long> analysed(String run) {
        try (Elasticsearch client = Elasticsearch.open(elasticsearch.address())) {
            client.client()
                    .indices()
                    .refresh(refresh -> refresh.index(names(run).everyCoverage()));
            return new CoverageLedger(client, names(run))
                    .of("b-frames.mp4", 0, Instant.parse("2100-01-01T00:00:00Z").toEpochMilli()).spans().stream()
                            .filter(span -> span.state() == CoverageSpan.State.ANALYSED)
                            .map(CoverageSpan::millis)
                            .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JobClient start(String run, int millisPerClip, String... videos) throws Exception {
        Configuration settings = new Configuration();
        settings.setString("execution.checkpointing.interval", "100 ms");
        settings.setString("restart-strategy.type", "fixed-delay");
        settings.setString("restart-strategy.fixed-delay.attempts", "3");
        settings.setString("restart-strategy.fixed-delay.delay", "100 ms");
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(settings);
        env.setParallelism(1);
        ScriptedModel.Address model = new ScriptedModel.Address(
                (clip, question) -> {
                    if (question.kind() == Question.Kind.LOCATE) {
                        return outlined(clip, question);
                    }
                    ASKED.incrementAndGet();
                    pause(millisPerClip);
                    return Square.in(clip, question);
                },
                instruction -> "");
        List<VideoRequest> requests = new ArrayList<>();
        for (String video : videos.length == 0 ? new String[] {"b-frames.mp4"} : videos) {
            requests.add(new VideoRequest(video, video.startsWith("/") ? video : Videos.uri(video)));
        }
        VideoSource source = VideoSource.builder()
                .videos(requests)
                .rules(List.of(RULE))
                .grid(GRID)
                .fit(new ModelFit(model))
                .build();
        return new WatchJob(
                        source,
                        model,
                        0,
                        new EventSink(elasticsearch.address(), names(run)),
                        new KeptSink<>("events"),
                        LEDGER,
                        new CoverageSink(elasticsearch.address(), names(run), 0))
                .boxes(true)
                .execute(env);
    }

    /** A box from the left of the picture as far as the number painted into it says, of a thousand. */
    private static Answer outlined(Clip clip, Question question) {
        Frame picture = clip.frames().get(0);
        double number = FrameNumber.read(picture.rgb(), picture.width(), picture.height());
        return new Answer(question, List.of(), 0, "[…]", true, List.of(new Box("square", 0, 0, number / 1_000, 1)));
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long completedCheckpoints(MiniCluster cluster, JobClient job) throws Exception {
        CheckpointStatsSnapshot stats =
                cluster.getExecutionGraph(job.getJobID()).get().getCheckpointStatsSnapshot();
        return stats.getCounts().getNumberOfCompletedCheckpoints();
    }

    private static IndexNames names(String run) {
        return new IndexNames(elasticsearch.prefix() + "-" + run);
    }

    private static List<String> documents(String run) throws Exception {
        return hits(run).stream()
                .map(Hit::source)
                .map(event -> event.path("start_ms").asLong() + "-"
                        + event.path("end_ms").asLong() + " "
                        + event.path("state").asText())
                .toList();
    }

    private static List<String> ids(String run) throws Exception {
        return hits(run).stream().map(Hit::id).toList();
    }

    private static List<Hit<JsonNode>> hits(String run) throws Exception {
        try (Elasticsearch client = Elasticsearch.open(elasticsearch.address())) {
            String indices = names(run).prefix() + "-events-*";
            client.client().indices().refresh(request -> request.index(indices));
            return client.client()
                    .search(
                            request -> request.index(indices)
                                    .size(100)
                                    .sort(sort -> sort.field(field -> field.field("start_ms"))),
                            JsonNode.class)
                    .hits()
                    .hits();
        }
    }
}
