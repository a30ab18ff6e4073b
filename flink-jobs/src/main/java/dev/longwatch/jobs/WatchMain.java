// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs;

import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.alert.Evidence;
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
import dev.longwatch.jobs.alert.Snoozes;
import dev.longwatch.jobs.alert.deliver.Channels;
import dev.longwatch.jobs.clip.ClipGrid;
import dev.longwatch.jobs.clip.VideoClip;
import dev.longwatch.jobs.evidence.EvidenceFolder;
import dev.longwatch.jobs.follow.WatchlistFile;
import dev.longwatch.jobs.ground.CheckpointModel;
import dev.longwatch.jobs.ground.ModelAddress;
import dev.longwatch.jobs.ground.ModelDoor;
import dev.longwatch.jobs.ground.ModelFit;
import dev.longwatch.jobs.report.ReportSink;
import dev.longwatch.jobs.sample.ByChange;
import dev.longwatch.jobs.sample.Thinning;
import dev.longwatch.jobs.source.LiveSource;
import dev.longwatch.jobs.source.LiveWatching;
import dev.longwatch.jobs.source.VideoRequest;
import dev.longwatch.jobs.source.VideoSource;
import java.io.BufferedReader;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.jspecify.annotations.Nullable;

/**
 * Runs {@link WatchJob} as its configuration says, {@link WatchConfig} or {@link LiveConfig}, and reports on standard output:
 * {@code running} first, then every {@code event} at once, every {@code clip}, every {@code alert} with the checkpoint that
 * holds it, and {@code failed} last if so it ends. How it is started and stopped: {@link JobRun}.
 */
public final class WatchMain {

    /** Live events are versioned by the instants of their clips, through all restarts. */
    private static final long LIVE_RUN = 0;

    private WatchMain() {}

    public static void main(String[] arguments) {
        JobRun.enter(arguments, WatchMain::run);
    }

    private static void run(String json, @Nullable BufferedReader stopWhenClosed) throws Exception {
        if (LiveConfig.isOne(json)) {
            live(LiveConfig.parse(json), stopWhenClosed);
        } else {
            videos(WatchConfig.parse(json), stopWhenClosed);
        }
    }

    private static void videos(WatchConfig config, @Nullable BufferedReader stopWhenClosed) throws Exception {
        layOut(config.elasticsearch());
        ModelAddress model = new CheckpointModel(config.model());
        WatchJob job = job(videos(config, model), model, config.run(), config.evidence(), config.elasticsearch())
                .boxes(config.boxes());
        boolean alerts =
                config.rules().stream().anyMatch(rule -> rule.alerting().raised());
        JobRun run = JobRun.toTheEnd(config.flink(), stopWhenClosed);
        withModel(
                run,
                model,
                config.rules(),
                config.boxes(),
                alerts ? job.with(alarms(Channels.Opener.of(config.channels()), config.elasticsearch())) : job,
                config.parallelism());
    }

    private static void live(LiveConfig config, @Nullable BufferedReader stopWhenClosed) throws Exception {
        layOut(config.elasticsearch());
        ModelAddress model = new CheckpointModel(config.model());
        WatchlistFile watchlist = config.readable();
        LiveWatching watching =
                new LiveWatching(config.root(), config.describe(), new ModelFit(model), config.maxLagMillis());
        WatchJob job = job(
                        new LiveSource(watchlist, watching), model, LIVE_RUN, config.evidence(), config.elasticsearch())
                .boxes(config.boxes())
                .with(alarms(Channels.Opener.of(watchlist), config.elasticsearch()));
        JobRun run = JobRun.live(config.flink(), config.state(), stopWhenClosed);
        // a rule that the model cannot be asked is told with every clip: rules come and go
        withModel(run, model, List.of(), config.boxes(), job, config.parallelism());
    }

    private static void layOut(WatchConfig.Index index) {
        if (index.isThere()) {
            try (Elasticsearch elasticsearch = Elasticsearch.open(index.address())) {
                new Schema(elasticsearch, new IndexNames(index.prefix()), 0).install();
            }
        }
    }

    /** Where the tasks are in this process, the model is tried before anything runs, and held open. */
    private static void withModel(
            JobRun run, ModelAddress model, List<AlertRule> rules, boolean boxes, WatchJob job, int parallelism)
            throws Exception {
        if (!run.isLocal()) {
            // the workers have the model, this process need not
            run.run(parallelism, job::execute);
            return;
        }
        try (ModelDoor door = ModelDoor.open(model)) {
            List<String> refusals = new ArrayList<>(door.refusals(rules));
            if (boxes) {
                door.speechless().map(why -> "no boxes: " + why).ifPresent(refusals::add);
            }
            if (!refusals.isEmpty()) {
                throw new ConfigException(String.join("; ", refusals));
            }
            run.run(parallelism, job::execute);
        }
    }

    private static WatchJob job(
            Source<VideoClip, ?, ?> clips,
            ModelAddress model,
            long run,
            EvidenceFolder evidence,
            WatchConfig.Index index) {
        Sink<VideoEvent> events = new DiscardingSink<>();
        Sink<CoverageSpan> coverage = new DiscardingSink<>();
        Sink<Evidence> shown = new DiscardingSink<>();
        if (index.isThere()) {
            IndexNames names = new IndexNames(index.prefix());
            events = new EventSink(index.address(), names);
            coverage = new CoverageSink(index.address(), names, 0);
            shown = new EvidenceSink(index.address(), names, 0);
        }
        return new WatchJob(clips, model, run, events, new ReportSink<>("event"), new ReportSink<>("clip"), coverage)
                .showing(new WatchJob.Showing(evidence, shown));
    }

    private static WatchJob.Alarms alarms(Channels.Opener channels, WatchConfig.Index index) {
        if (!index.isThere()) {
            return new WatchJob.Alarms(
                    channels,
                    Snoozes.Opener.NONE,
                    new DiscardingSink<>(),
                    new ReportSink<>("alert"),
                    new DiscardingSink<>());
        }
        ElasticsearchAddress address = index.address();
        IndexNames names = new IndexNames(index.prefix());
        return new WatchJob.Alarms(
                channels,
                IndexedSnoozes.at(address, names),
                new AlertSink(address, names, 0),
                new ReportSink<>("alert"),
                new DeliverySink(address, names, 0));
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
}
