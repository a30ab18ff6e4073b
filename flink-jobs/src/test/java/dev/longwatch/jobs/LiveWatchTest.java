// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.indexer.watchlist.Sampling;
import dev.longwatch.jobs.clip.ClipGrid;
import dev.longwatch.jobs.decode.Videos;
import dev.longwatch.jobs.follow.Watchlists;
import dev.longwatch.jobs.ground.ModelFit;
import dev.longwatch.jobs.ground.ScriptedModel;
import dev.longwatch.jobs.ground.Watched;
import dev.longwatch.jobs.record.Condition;
import dev.longwatch.jobs.record.Gap;
import dev.longwatch.jobs.record.RecordOptions;
import dev.longwatch.jobs.record.RecordSource;
import dev.longwatch.jobs.record.Segment;
import dev.longwatch.jobs.record.StreamState;
import dev.longwatch.jobs.source.VideoRequest;
import dev.longwatch.jobs.source.VideoSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A stream is recorded by one job and watched by another while it goes on. */
class LiveWatchTest {

    private static final ClipGrid GRID = new ClipGrid(8_000, 2_000);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Picture 130 of 25 a second. */
    private static final long SQUARE_MILLIS = 5_200;

    @RegisterExtension
    static final MiniClusterExtension flink = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(2)
            .build());

    @TempDir
    private Path folder;

    private final KeptSink<Segment> segments = new KeptSink<>("live-segments");
    private final KeptSink<StreamState> states = new KeptSink<>("live-states");
    private final KeptSink<VideoEvent> events = new KeptSink<>("live-events");

    @Test
    void anEventIsToldOnTheWallClockWhileTheStreamGoesOn() throws Exception {
        JobClient watch = watch(System.currentTimeMillis());
        JobClient record = record();
        List<VideoEvent> told = new ArrayList<>();
        await().atMost(PATIENCE).until(() -> {
            told.addAll(events.take());
            return !told.isEmpty();
        });
        long arrivedMillis = System.currentTimeMillis();
        List<Segment> recorded = segments.take();

        assertThat(states.take()).extracting(StreamState::condition).doesNotContain(Condition.ENDED);
        long squareMillis = recorded.get(0).startMillis() + SQUARE_MILLIS;
        VideoEvent first = told.get(0);
        assertThat(first.startedAtMillis()).isCloseTo(squareMillis, within(600L));
        assertThat(first.state()).isEqualTo(VideoEvent.State.OPEN);
        System.out.printf("live: told %d ms after the square came%n", arrivedMillis - squareMillis);

        await().atMost(PATIENCE).until(() -> {
            told.addAll(events.take());
            return told.stream()
                    .anyMatch(event -> event.id().equals(first.id()) && event.state() == VideoEvent.State.CLOSED);
        });
        cancel(record);
        cancel(watch);
        assertThat(told)
                .filteredOn(event -> event.id().equals(first.id()))
                .last()
                .satisfies(event -> assertThat(event.span().millis()).isCloseTo(5_600L, within(600L)));
    }

    /** Returns when nobody writes to the folder any more. */
    private static void cancel(JobClient job) throws Exception {
        job.cancel().get();
        await().atMost(PATIENCE).until(() -> job.getJobStatus().get().isGloballyTerminalState());
    }

    private JobClient record() throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(1);
        Watchlists watchlist = new Watchlists(folder);
        watchlist
                .streams(Watchlists.stream("yard", Videos.uri("b-frames.mp4"), Sampling.LIVE))
                .write();
        RecordSource source = new RecordSource(
                watchlist.file(), RecordOptions.in(folder.toString()).withSegment(Duration.ofSeconds(1)));
        return new RecordJob(source, segments, new KeptSink<Gap>("live-gaps"), states, new KeptSink<>("live-cover"))
                .execute(env);
    }

    private JobClient watch(long fromMillis) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(1);
        ScriptedModel.Address model = new ScriptedModel.Address(Square::in);
        VideoSource source = VideoSource.builder()
                .videos(List.of(VideoRequest.recording("yard", folder.toString(), fromMillis, VideoRequest.END)))
                .rules(List.of(AlertRule.of("a square")))
                .grid(GRID)
                .fit(new ModelFit(model))
                .build();
        return new WatchJob(
                        source,
                        model,
                        0,
                        new KeptSink<>("live-index"),
                        events,
                        new KeptSink<Watched>("live-clips"),
                        new KeptSink<>("live-ledger"))
                .execute(env);
    }
}
