// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longwatch.jobs.KeptMetrics;
import dev.longwatch.jobs.clip.ClipGrid;
import dev.longwatch.jobs.decode.Videos;
import dev.longwatch.jobs.sample.Thinning;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadingMetricsTest {

    private static final ClipGrid GRID = new ClipGrid(4_000, 4_000);

    private final KeptMetrics kept = new KeptMetrics();
    private final ReadingMetrics metrics = new ReadingMetrics(kept);

    @Test
    void picturesAreCountedOnceThoughClipsAreMadeOfThem() {
        Watching watching = new Watching(List.of(), true, 2, Thinning.NONE, GRID, Videos.SMALL);
        VideoRequest video = new VideoRequest("v", Videos.uri("b-frames.mp4"));
        int inClips = 0;
        try (SplitPass pass =
                SplitPass.over(new FilePlanner(GRID).plan(video, 1).get(0), watching, metrics)) {
            while (!pass.isDone()) {
                pass.step();
                inClips += Arrays.asList(pass.poll()).stream()
                        .mapToInt(clip -> clip == null ? 0 : clip.frames().length)
                        .sum();
            }
        }

        assertThat(kept.count("source.picturesDecoded")).isEqualTo(inClips).isEqualTo(80);
        assertThat(kept.count("source.picturesLost")).isZero();
    }

    @Test
    void aStreamThatIsWatchedNoLongerHasNoLagAndMayComeBack() {
        metrics.lag("yard", 4_000);
        metrics.lag("gate", 1_000);
        assertThat(kept.value("source.stream.yard.lagMillis")).isEqualTo(4_000.0);

        metrics.left("yard");
        assertThat(kept.value("source.stream.yard.lagMillis")).isEqualTo(Double.NaN);
        assertThat(kept.value("source.stream.gate.lagMillis")).isEqualTo(1_000.0);

        metrics.lag("yard", 2_000);
        assertThat(kept.value("source.stream.yard.lagMillis")).isEqualTo(2_000.0);
    }
}
