// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.jobs.ground.CheckpointModel;
import dev.longwatch.jobs.ground.ModelDoor;
import dev.longwatch.jobs.ground.ModelFit;
import dev.longwatch.jobs.ground.Watched;
import dev.longwatch.jobs.source.VideoRequest;
import dev.longwatch.jobs.source.VideoSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * How many times faster than real time the whole job watches one file with the embedded model, with 1 and with 10 rules.
 * The file is the sample video over and over with fresh noise, so that no picture was seen before; it is made with Debian's
 * ffmpeg.
 */
@Tag("bench")
class WatchBench {

    private static final int SECONDS = 600;
    private static final int ROUNDS = 3;
    private static final List<AlertRule> RULES = Stream.of(
                    "a car enters",
                    "a car leaves",
                    "a car is there",
                    "a dog enters",
                    "a dog leaves",
                    "a dog is there",
                    "a bus is there",
                    "a person enters",
                    "a person leaves",
                    "a person is there")
            .map(AlertRule::of)
            .toList();

    @RegisterExtension
    static final MiniClusterExtension flink = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(2)
            .build());

    @Test
    void timesRealTimeForOneFile() throws Exception {
        Path video = tenMinutes();
        try (ModelDoor loaded = ModelDoor.open(new CheckpointModel(""))) {
            assertThat(loaded.refusals(RULES)).isEmpty();
            double[] one = new double[ROUNDS];
            double[] ten = new double[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                one[round] = timesRealTime(video, RULES.subList(0, 1));
                ten[round] = timesRealTime(video, RULES);
            }
            Arrays.sort(one);
            Arrays.sort(ten);
            System.out.printf(
                    "watch: one file of %d s, times real time, min / median / max of %d: 1 rule %s, 10 rules %s; ten"
                            + " rules cost %.2fx of one%n",
                    SECONDS, ROUNDS, spread(one), spread(ten), one[ROUNDS / 2] / ten[ROUNDS / 2]);
        }
    }

    private static double timesRealTime(Path video, List<AlertRule> rules) throws Exception {
        CheckpointModel model = new CheckpointModel("");
        VideoSource source = VideoSource.builder()
                .videos(List.of(new VideoRequest("street", video.toString())))
                .rules(rules)
                .fit(new ModelFit(model))
                .build();
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(2);
        KeptSink<VideoEvent> events = new KeptSink<>("bench-events");
        long begun = System.nanoTime();
        new WatchJob(
                        source,
                        model,
                        0,
                        new KeptSink<>("bench-index"),
                        events,
                        new KeptSink<Watched>("bench"),
                        new KeptSink<>("bench-coverage"))
                .execute(env)
                .getJobExecutionResult()
                .get();
        double seconds = (System.nanoTime() - begun) / 1e9;
        assertThat(events.take()).as("it was looked at").isNotEmpty();
        return SECONDS / seconds;
    }

    private static Path tenMinutes() throws Exception {
        Path root = Path.of(System.getProperty("longwatch.root"));
        Path video = root.resolve("flink-jobs/target/bench/street.mp4");
        if (!Files.exists(video)) {
            Files.createDirectories(video.getParent());
            Process ffmpeg = new ProcessBuilder(List.of(
                            "ffmpeg",
                            "-v",
                            "error",
                            "-y",
                            "-stream_loop",
                            "-1",
                            "-i",
                            root.resolve("sample/street.mp4").toString(),
                            "-t",
                            String.valueOf(SECONDS),
                            "-vf",
                            "noise=alls=4:allf=t+u",
                            "-c:v",
                            "libx264",
                            "-preset",
                            "veryfast",
                            "-crf",
                            "26",
                            "-g",
                            "50",
                            video.toString()))
                    .inheritIO()
                    .start();
            assertThat(ffmpeg.waitFor()).isZero();
        }
        return video;
    }

    private static String spread(double[] sorted) {
        return String.format("%.1f / %.1f / %.1f", sorted[0], sorted[ROUNDS / 2], sorted[ROUNDS - 1]);
    }
}
