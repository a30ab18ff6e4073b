// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs;

import dev.longwatch.indexer.alert.Alert;
import dev.longwatch.indexer.alert.Delivery;
import dev.longwatch.indexer.alert.Evidence;
import dev.longwatch.indexer.coverage.CoverageSpan;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.jobs.alert.Notice;
import dev.longwatch.jobs.alert.Raise;
import dev.longwatch.jobs.alert.Settled;
import dev.longwatch.jobs.alert.Snoozes;
import dev.longwatch.jobs.alert.deliver.Channels;
import dev.longwatch.jobs.alert.deliver.Deliver;
import dev.longwatch.jobs.clip.VideoClip;
import dev.longwatch.jobs.compose.Compose;
import dev.longwatch.jobs.compose.StepEvent;
import dev.longwatch.jobs.cover.Cover;
import dev.longwatch.jobs.evidence.EvidenceFolder;
import dev.longwatch.jobs.evidence.Gather;
import dev.longwatch.jobs.ground.Ground;
import dev.longwatch.jobs.ground.ModelAddress;
import dev.longwatch.jobs.ground.Sighting;
import dev.longwatch.jobs.ground.Watched;
import dev.longwatch.jobs.stitch.RuledEvent;
import dev.longwatch.jobs.stitch.Stitch;
import java.time.Clock;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.jspecify.annotations.Nullable;

/**
 * Watches videos: clips from the source go through the model, what it saw is stitched into events, and those are indexed and
 * raise alerts.
 *
 * <p>An operator's uid, its name in Flink's pages, its metric group and its package are the same word.
 */
public final class WatchJob {

    private final Source<VideoClip, ?, ?> videos;
    private final ModelAddress model;
    private final long run;
    private final Sink<VideoEvent> index;
    private final Sink<VideoEvent> events;
    private final Sink<Watched> watched;
    private final Sink<CoverageSpan> coverage;
    private final @Nullable Alarms alarms;
    private final Showing showing;
    private final boolean boxes;

    /**
     * Whom events concern.
     *
     * @param channels who can be told
     * @param snoozes of what nobody wants to hear
     * @param alerts keeps every change of an alert
     * @param told is told of every change of an alert
     * @param deliveries keeps what became of every message
     */
    public record Alarms(
            Channels.Opener channels,
            Snoozes.Opener snoozes,
            Sink<Alert> alerts,
            Sink<Alert> told,
            Sink<Delivery> deliveries) {}

    /**
     * What people can look at of alerts.
     *
     * @param folder where it is kept
     * @param evidence keeps what was made
     */
    public record Showing(EvidenceFolder folder, Sink<Evidence> evidence) {

        /** Nothing. */
        public static final Showing NONE = new Showing(EvidenceFolder.NONE, new DiscardingSink<>());
    }

    /**
     * @param videos makes the clips, on which everything rides that the job needs to know of rules
     * @param model asked about every clip
     * @param run see {@link Stitch}
     * @param index keeps every change of an event
     * @param events is told of every change of an event, at once
     * @param watched is told of every clip
     * @param coverage keeps the ledger
     */
    public WatchJob(
            Source<VideoClip, ?, ?> videos,
            ModelAddress model,
            long run,
            Sink<VideoEvent> index,
            Sink<VideoEvent> events,
            Sink<Watched> watched,
            Sink<CoverageSpan> coverage) {
        this(videos, model, run, index, events, watched, coverage, null, Showing.NONE, false);
    }

    private WatchJob(
            Source<VideoClip, ?, ?> videos,
            ModelAddress model,
            long run,
            Sink<VideoEvent> index,
            Sink<VideoEvent> events,
            Sink<Watched> watched,
            Sink<CoverageSpan> coverage,
            @Nullable Alarms alarms,
            Showing showing,
            boolean boxes) {
        this.videos = videos;
        this.model = model;
        this.run = run;
        this.index = index;
        this.events = events;
        this.watched = watched;
        this.coverage = coverage;
        this.alarms = alarms;
        this.showing = showing;
        this.boxes = boxes;
    }

    /** The same job, which also raises alerts as far as the rules want any. */
    public WatchJob with(Alarms wanted) {
        return new WatchJob(videos, model, run, index, events, watched, coverage, wanted, showing, boxes);
    }

    /** The same job, which also makes something to see of every alert. */
    public WatchJob showing(Showing wanted) {
        return new WatchJob(videos, model, run, index, events, watched, coverage, alarms, wanted, boxes);
    }

    /** The same job, which also asks the model, if wanted, where in the picture is what it sees. */
    public WatchJob boxes(boolean wanted) {
        return new WatchJob(videos, model, run, index, events, watched, coverage, alarms, showing, wanted);
    }

    /** Submits the job. */
    public JobClient execute(StreamExecutionEnvironment env) throws Exception {
        boolean checkpointed = env.getCheckpointConfig().isCheckpointingEnabled();
        // @formatter:off
        SingleOutputStreamOperator<Sighting> sightings = env
                .fromSource(videos, WatermarkStrategy.noWatermarks(), "source").uid("source")
                .process(new Ground(model, boxes)).name("ground").uid("ground");

        DataStream<RuledEvent> stitched = sightings
                .keyBy(Stitch::key)
                .process(new Stitch(run)).name("stitch").uid("stitch");

        DataStream<RuledEvent> found = stitched.union(stitched
                .flatMap(Compose::steps).returns(StepEvent.class).name("steps").uid("steps")
                .keyBy(Compose::key)
                .process(new Compose()).name("compose").uid("compose"));

        DataStream<VideoEvent> events = found.map(RuledEvent::event).name("event").uid("event");
        settled(events, VideoEvent.class, "event-settled", checkpointed)
                .sinkTo(index).name("index").uid("index");
        events.sinkTo(this.events).name("events").uid("events");
        DataStream<Watched> clips = sightings.getSideOutput(Ground.WATCHED);
        clips.sinkTo(watched).name("watched").uid("watched");
        clips.flatMap(new Cover()).name("cover").uid("cover").sinkTo(coverage).name("coverage").uid("coverage");
        // @formatter:on
        if (alarms != null) {
            alert(found, alarms, checkpointed);
        }
        return env.executeAsync("longwatch watch");
    }

    private void alert(DataStream<RuledEvent> events, Alarms alarms, boolean checkpointed) {
        // @formatter:off
        SingleOutputStreamOperator<Alert> raised = events
                .keyBy(Raise::key)
                .process(new Raise(alarms.snoozes(), Clock.systemUTC())).name("alert").uid("alert");

        DataStream<Alert> alerts = settled(raised, Alert.class, "alert-settled", checkpointed);
        alerts.sinkTo(alarms.alerts()).name("alerts").uid("alerts");
        alerts.sinkTo(alarms.told()).name("told").uid("told");
        settled(raised.getSideOutput(Raise.NOTICES), Notice.class, "notice-settled", checkpointed)
                .transform("deliver", TypeInformation.of(Delivery.class), new Deliver(alarms.channels(), showing.folder()))
                // one place knows how often a receiver was tried
                .uid("deliver").setParallelism(1)
                .sinkTo(alarms.deliveries()).name("deliveries").uid("deliveries");
        if (showing.folder().isThere()) {
            alerts.transform("evidence", TypeInformation.of(Evidence.class), new Gather(showing.folder())).uid("evidence")
                    .sinkTo(showing.evidence()).name("evidence-index").uid("evidence-index");
        }
        // @formatter:on
    }

    private static <T> DataStream<T> settled(DataStream<T> stream, Class<T> type, String word, boolean checkpointed) {
        TypeInformation<T> information = TypeInformation.of(type);
        return checkpointed
                ? stream.transform(word, information, new Settled<>(information))
                        .uid(word)
                : stream;
    }
}
