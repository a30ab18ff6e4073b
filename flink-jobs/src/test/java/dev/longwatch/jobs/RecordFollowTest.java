// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longwatch.indexer.watchlist.Sampling;
import dev.longwatch.jobs.decode.Videos;
import dev.longwatch.jobs.follow.Watchlists;
import dev.longwatch.jobs.record.Condition;
import dev.longwatch.jobs.record.Gap;
import dev.longwatch.jobs.record.RecordOptions;
import dev.longwatch.jobs.record.RecordSource;
import dev.longwatch.jobs.record.Segment;
import dev.longwatch.jobs.record.StreamState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What is recorded follows the watchlist. */
@Timeout(240)
class RecordFollowTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @RegisterExtension
    static final MiniClusterExtension flink = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(2)
            .build());

    @TempDir
    private Path folder;

    private final KeptSink<Segment> segments = new KeptSink<>("rf-segments");
    private final KeptSink<StreamState> states = new KeptSink<>("rf-states");
    private final List<Segment> recorded = new ArrayList<>();
    private final List<StreamState> told = new ArrayList<>();

    @Test
    void streamsComeGoAndMoveWhileOthersAreRecorded() throws Exception {
        Watchlists watchlist = new Watchlists(folder);
        JobClient job = start(watchlist);
        try {
            watchlist
                    .streams(Watchlists.stream("hall", Videos.uri("b-frames.mp4"), Sampling.LIVE))
                    .write();
            await().atMost(PATIENCE).until(() -> of("hall").size() >= 2);

            watchlist
                    .streams(
                            Watchlists.stream("hall", Videos.uri("b-frames.mp4"), Sampling.LIVE),
                            Watchlists.stream("gate", "gopher://guard:hunter2@127.0.0.1/", Sampling.LIVE))
                    .write();
            await().atMost(PATIENCE).until(() -> last("gate") == Condition.NOT_ALLOWED);
            assertThat(of("hall"))
                    .extracting(Segment::epoch)
                    .as("nobody disturbed it")
                    .containsOnly(1L);

            watchlist
                    .streams(
                            Watchlists.stream("hall", Videos.uri("no-b-frames.mp4"), Sampling.LIVE),
                            Watchlists.stream("gate", Videos.uri("b-frames.ts"), Sampling.LIVE))
                    .write();
            await().atMost(PATIENCE).until(() -> of("gate").size() >= 2);
            await().atMost(PATIENCE).until(() -> of("hall").stream().anyMatch(segment -> segment.epoch() == 2));

            watchlist
                    .streams(Watchlists.stream("gate", Videos.uri("b-frames.ts"), Sampling.LIVE))
                    .write();
            await().atMost(PATIENCE).until(() -> last("hall") == Condition.STOPPED);
            int kept = of("hall").size();
            int gate = of("gate").size();
            await().atMost(PATIENCE).until(() -> of("gate").size() > gate + 1);
            assertThat(of("hall")).hasSize(kept);

            watchlist
                    .streams(
                            Watchlists.stream("hall", Videos.uri("b-frames.mp4"), Sampling.LIVE),
                            Watchlists.stream("gate", Videos.uri("b-frames.ts"), Sampling.LIVE))
                    .write();
            await().atMost(PATIENCE).until(() -> of("hall").stream().anyMatch(segment -> segment.epoch() == 3));
        } finally {
            job.cancel().get();
            await().atMost(PATIENCE).until(() -> job.getJobStatus().get().isGloballyTerminalState());
        }
        assertThat(of("hall")).extracting(Segment::ordinal).isSorted().doesNotHaveDuplicates();
    }

    private List<Segment> of(String stream) {
        recorded.addAll(segments.take());
        return recorded.stream()
                .filter(segment -> segment.stream().equals(stream))
                .toList();
    }

    private Condition last(String stream) {
        told.addAll(states.take());
        return told.stream()
                .filter(state -> state.stream().equals(stream))
                .map(StreamState::condition)
                .reduce(Condition.CONNECTING, (first, second) -> second);
    }

    private JobClient start(Watchlists watchlist) throws Exception {
        Configuration settings = new Configuration();
        settings.setString("execution.checkpointing.interval", "200 ms");
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(settings);
        env.setParallelism(2);
        RecordOptions options = RecordOptions.in(folder.toString()).withSegment(Duration.ofSeconds(1));
        return new RecordJob(
                        new RecordSource(watchlist.file(), options),
                        segments,
                        new KeptSink<Gap>("rf-gaps"),
                        states,
                        new KeptSink<>("rf-cover"))
                .execute(env);
    }
}
