// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs;

import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.jobs.clip.VideoClip;
import dev.longwatch.jobs.ground.Ground;
import dev.longwatch.jobs.ground.ModelAddress;
import dev.longwatch.jobs.ground.Sighting;
import dev.longwatch.jobs.ground.Watched;
import dev.longwatch.jobs.stitch.Stitch;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Watches videos: clips from the source go through the model, what it saw is stitched into events, and those are indexed.
 *
 * <p>An operator's uid, its name in Flink's pages, its metric group and its package are the same word.
 */
public final class WatchJob {

    private final Source<VideoClip, ?, ?> videos;
    private final ModelAddress model;
    private final long overlapMillis;
    private final long run;
    private final Sink<VideoEvent> index;
    private final Sink<VideoEvent> events;
    private final Sink<Watched> watched;

    /**
     * @param videos makes the clips
     * @param model asked about every clip
     * @param overlapMillis how much of a clip the next one sees again
     * @param run see {@link Stitch}
     * @param index keeps every change of an event
     * @param events is told of every change of an event
     * @param watched is told of every clip
     */
    public WatchJob(
            Source<VideoClip, ?, ?> videos,
            ModelAddress model,
            long overlapMillis,
            long run,
            Sink<VideoEvent> index,
            Sink<VideoEvent> events,
            Sink<Watched> watched) {
        this.videos = videos;
        this.model = model;
        this.overlapMillis = overlapMillis;
        this.run = run;
        this.index = index;
        this.events = events;
        this.watched = watched;
    }

    /** Submits the job. */
    public JobClient execute(StreamExecutionEnvironment env) throws Exception {
        // @formatter:off
        SingleOutputStreamOperator<Sighting> sightings = env
                .fromSource(videos, WatermarkStrategy.noWatermarks(), "source").uid("source")
                .process(new Ground(model)).name("ground").uid("ground");

        DataStream<VideoEvent> stitched = sightings
                .keyBy(Stitch::key)
                .process(new Stitch(overlapMillis, run)).name("stitch").uid("stitch");

        stitched.sinkTo(index).name("index").uid("index");
        stitched.sinkTo(events).name("events").uid("events");
        sightings.getSideOutput(Ground.WATCHED).sinkTo(watched).name("watched").uid("watched");
        // @formatter:on
        return env.executeAsync("longwatch watch");
    }
}
