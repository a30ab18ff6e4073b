// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.jobs.clip.ClipGrid;
import dev.longwatch.jobs.clip.VideoClip;
import dev.longwatch.jobs.decode.Videos;
import dev.longwatch.jobs.sample.Thinning;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The source alone, on a cluster of two slots. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class VideoSourceTest {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(2)
            .build());

    private static final ClipGrid GRID = new ClipGrid(3_000, 2_000);

    @TempDir
    private Path folder;

    @Test
    void twoReadersMakeEveryClipOnceAndBadVideosAreTold() throws Exception {
        List<String> lines = new ArrayList<>();
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(2);
        try (CloseableIterator<String> clips = lines(env).executeAndCollect()) {
            clips.forEachRemaining(lines::add);
        }

        assertThat(lines).containsExactlyInAnyOrderElementsOf(expected());
        assertThat(lines).filteredOn(line -> line.startsWith("long#")).hasSize(20);
        assertThat(lines).filteredOn(line -> line.startsWith("ts#")).hasSize(8);
        assertThat(lines)
                .filteredOn(line -> line.startsWith("bad#"))
                .singleElement()
                .asString()
                .contains("is not a video in a known format");
    }

    @Test
    void aJobThatFailsInTheMiddleLosesNoClipAndChangesNone() throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(2);
        env.enableCheckpointing(20);
        Path failed = folder.resolve("failed");
        List<String> lines = new ArrayList<>();
        try (CloseableIterator<String> clips =
                lines(env).map(new FailOnce(failed.toString())).executeAndCollect()) {
            clips.forEachRemaining(lines::add);
        }

        assertThat(failed).exists();
        assertThat(lines).containsExactlyInAnyOrderElementsOf(expected());
    }

    @Test
    void aSourceThatMakesNoSenseIsRefused() {
        VideoSource.Builder twice = VideoSource.builder()
                .videos(List.of(new VideoRequest("a", "/1.mp4"), new VideoRequest("a", "/2.mp4")))
                .fit(Videos.SMALL);
        VideoSource.Builder slow = VideoSource.builder()
                .videos(List.of(new VideoRequest("a", "/1.mp4")))
                .fit(Videos.SMALL)
                .framesPerSecond(0.05);

        assertThatIllegalArgumentException().isThrownBy(twice::build).withMessage("two videos have the name 'a'");
        assertThatIllegalArgumentException()
                .isThrownBy(slow::build)
                .withMessageContaining("clips every 14000 ms may hold none");
    }

    private static DataStream<String> lines(StreamExecutionEnvironment env) {
        VideoSource source = VideoSource.builder()
                .videos(List.of(
                        new VideoRequest("long", Videos.uri("b-frames.mp4")),
                        new VideoRequest("bad", Videos.uri("text.mp4")),
                        new VideoRequest("ts", Videos.uri("b-frames.ts"))))
                .rules(List.of(AlertRule.of("a square")))
                .grid(GRID)
                .fit(Videos.SMALL)
                .build();
        return env.fromSource(source, WatermarkStrategy.noWatermarks(), "source")
                .map(ClipLine::of);
    }

    /** One pass over each video, without Flink. */
    private static List<String> expected() {
        Watching watching = new Watching(List.of(), false, 2, Thinning.NONE, GRID, Videos.SMALL);
        List<String> lines = new ArrayList<>();
        for (String[] video : new String[][] {{"long", "b-frames.mp4"}, {"bad", "text.mp4"}, {"ts", "b-frames.ts"}}) {
            VideoRequest request = new VideoRequest(video[0], Videos.uri(video[1]));
            try (SplitPass pass =
                    SplitPass.over(new FilePlanner(GRID).plan(request, 1).get(0), watching, ReadingMetrics.UNSEEN)) {
                while (!pass.isDone()) {
                    VideoClip clip = pass.poll();
                    if (clip == null) {
                        pass.step();
                    } else {
                        lines.add(ClipLine.of(clip));
                    }
                }
            }
        }
        return lines;
    }

    /** Breaks once, in the middle of the second half of the long video. */
    private static final class FailOnce extends RichMapFunction<String, String> {

        private static final long serialVersionUID = 1L;

        private final String marker;

        FailOnce(String marker) {
            this.marker = marker;
        }

        @Override
        public String map(String line) throws Exception {
            Thread.sleep(20);
            if (line.startsWith("long#13 ") && !Files.exists(Path.of(marker))) {
                Files.createFile(Path.of(marker));
                throw new IllegalStateException("the test pulls the plug");
            }
            return line;
        }
    }
}
