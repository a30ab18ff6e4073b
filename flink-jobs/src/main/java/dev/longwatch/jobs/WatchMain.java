// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs;

import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.client.ElasticsearchAddress;
import dev.longwatch.indexer.coverage.CoverageSpan;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.schema.Schema;
import dev.longwatch.indexer.sink.AlertSink;
import dev.longwatch.indexer.sink.CoverageSink;
import dev.longwatch.indexer.sink.DeliverySink;
import dev.longwatch.indexer.sink.EventSink;
import dev.longwatch.indexer.sink.EvidenceSink;
import dev.longwatch.jobs.alert.IndexedSnoozes;
import dev.longwatch.jobs.clip.ClipGrid;
import dev.longwatch.jobs.ground.CheckpointModel;
import dev.longwatch.jobs.ground.ModelAddress;
import dev.longwatch.jobs.ground.ModelDoor;
import dev.longwatch.jobs.ground.ModelFit;
import dev.longwatch.jobs.report.Report;
import dev.longwatch.jobs.report.ReportSink;
import dev.longwatch.jobs.sample.ByChange;
import dev.longwatch.jobs.sample.Thinning;
import dev.longwatch.jobs.source.VideoRequest;
import dev.longwatch.jobs.source.VideoSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.client.JobCancellationException;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.ExceptionUtils;
import org.apache.flink.util.FileUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs {@link WatchJob} as its configuration says and reports on standard output.
 *
 * <p>With a file as argument it reads the configuration there. Without, it reads one line from standard input, which then
 * stays open: when it closes, the job is stopped in order. When the job could not be run to its end, the report's last
 * line is of type {@code failed}, with a cause and a sentence, and the exit code is 1.
 */
public final class WatchMain {

    private static final Logger LOG = LoggerFactory.getLogger(WatchMain.class);

    /** What a run in this process wants of Flink; a configuration may say otherwise. */
    private static final Map<String, String> LOCAL = Map.of(
            "execution.target", "local",
            "execution.attached", "true",
            "execution.checkpointing.interval", "5 s",
            "restart-strategy.type", "fixed-delay",
            "restart-strategy.fixed-delay.attempts", "3",
            "restart-strategy.fixed-delay.delay", "1 s",
            "rest.bind-address", "127.0.0.1");

    /** How long the clip at hand may take when the job is stopped. */
    private static final int STOP_SECONDS = 45;

    /** The report's first line, once the model is loaded and the job is submitted. */
    record Running(String job) {}

    private WatchMain() {}

    public static void main(String[] arguments) {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        int status = 0;
        try {
            String json = arguments.length > 0 ? Files.readString(Path.of(arguments[0])) : input.readLine();
            run(WatchConfig.parse(Objects.requireNonNullElse(json, "")), arguments.length > 0 ? null : input);
        } catch (Exception e) {
            LOG.error("the job could not be run to its end", e);
            Report.line("failed", Failed.of(e));
            status = 1;
        }
        // native libraries leave threads behind
        System.exit(status);
    }

    private static void run(WatchConfig config, @Nullable BufferedReader stopWhenClosed) throws Exception {
        if (config.elasticsearch().isThere()) {
            IndexNames names = new IndexNames(config.elasticsearch().prefix());
            try (Elasticsearch elasticsearch =
                    Elasticsearch.open(config.elasticsearch().address())) {
                new Schema(elasticsearch, names, 0).install();
            }
        }
        Configuration flink = flink(config);
        ModelAddress model = new CheckpointModel(config.model());
        if (!flink.get(DeploymentOptions.TARGET).equals("local")) {
            // the workers have the model, this process need not
            watch(config, model, flink, stopWhenClosed);
            return;
        }
        try (ModelDoor door = ModelDoor.open(model)) {
            List<String> refusals = door.refusals(config.rules());
            if (!refusals.isEmpty()) {
                throw new ConfigException(String.join("; ", refusals));
            }
            watch(config, model, flink, stopWhenClosed);
        }
    }

    private static Configuration flink(WatchConfig config) {
        Configuration flink = Configuration.fromMap(LOCAL);
        flink.addAll(Configuration.fromMap(config.flink()));
        return flink;
    }

    private static void watch(
            WatchConfig config, ModelAddress model, Configuration flink, @Nullable BufferedReader stopWhenClosed)
            throws Exception {
        // getExecutionEnvironment would be local whatever execution.target says
        StreamExecutionEnvironment env = new StreamExecutionEnvironment(flink);
        env.setParallelism(config.parallelism());
        JobClient client = job(config, model).execute(env);
        Report.line("running", new Running(client.getJobID().toHexString()));
        if (stopWhenClosed != null) {
            Thread stopper = new Thread(() -> stopWhenClosed(stopWhenClosed, client), "stop-when-closed");
            stopper.setDaemon(true);
            stopper.start();
        }
        try {
            client.getJobExecutionResult().get();
        } catch (ExecutionException e) {
            if (ExceptionUtils.findThrowable(e, JobCancellationException.class).isEmpty()) {
                throw e;
            }
        }
    }

    private static WatchJob job(WatchConfig config, ModelAddress model) {
        if (!config.elasticsearch().isThere()) {
            return job(config, model, new DiscardingSink<>(), new DiscardingSink<>())
                    .with(WatchJob.Alarms.none(config.rules()));
        }
        ElasticsearchAddress address = config.elasticsearch().address();
        IndexNames names = new IndexNames(config.elasticsearch().prefix());
        return job(config, model, new EventSink(address, names), new CoverageSink(address, names, 0))
                .with(new WatchJob.Alarms(
                        config.rules(),
                        config.channels(),
                        IndexedSnoozes.at(address, names),
                        new AlertSink(address, names, 0),
                        new DeliverySink(address, names, 0)))
                .showing(new WatchJob.Showing(config.evidence(), new EvidenceSink(address, names, 0)));
    }

    private static WatchJob job(
            WatchConfig config, ModelAddress model, Sink<VideoEvent> index, Sink<CoverageSpan> coverage) {
        return new WatchJob(
                videos(config, model),
                model,
                config.overlapMillis(),
                config.run(),
                index,
                new ReportSink<>("event"),
                new ReportSink<>("clip"),
                coverage);
    }

    private static VideoSource videos(WatchConfig config, ModelAddress model) {
        return VideoSource.builder()
                .videos(config.videos().stream()
                        .map(video ->
                                new VideoRequest(video.stream(), video.uri(), video.fromMillis(), video.toMillis()))
                        .toList())
                .rules(config.rules())
                .describe(config.describe())
                .framesPerSecond(config.framesPerSecond())
                .thinning(config.byChange() ? ByChange.DEFAULT : Thinning.NONE)
                .grid(new ClipGrid(config.clipMillis(), config.clipMillis() - config.overlapMillis()))
                .fit(new ModelFit(model))
                .build();
    }

    /** Waits for the input's end, then stops the job with a savepoint, which flushes what the index has not seen yet. */
    private static void stopWhenClosed(BufferedReader input, JobClient client) {
        try {
            input.transferTo(Writer.nullWriter());
            Path savepoint = Files.createTempDirectory("longwatch-stop");
            try {
                client.stopWithSavepoint(false, savepoint.toString(), SavepointFormatType.CANONICAL)
                        .get(STOP_SECONDS, TimeUnit.SECONDS);
            } finally {
                FileUtils.deleteDirectory(savepoint.toFile());
            }
        } catch (IOException | ExecutionException | TimeoutException e) {
            LOG.info("stopping in order did not work: {}", e.toString());
            client.cancel().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
