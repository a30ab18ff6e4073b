// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.alert.AlertRule.Step;
import dev.longwatch.jobs.clip.ClipGrid;
import dev.longwatch.jobs.decode.PictureFit;
import dev.longwatch.jobs.sample.Thinning;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchingTest {

    @Test
    void aStreamIsAskedWhatHoldsForItAndNoSequence() {
        AlertRule everywhere = AlertRule.of("a car");
        AlertRule yard = AlertRule.absent("empty", "a person", 60_000).onStreams(List.of("yard*"));
        AlertRule sequence =
                AlertRule.sequence("both", List.of(new Step("a car", List.of()), new Step("empty", List.of())), 1_000);
        Watching watching = new Watching(
                List.of(everywhere, yard, sequence),
                false,
                2,
                Thinning.NONE,
                new ClipGrid(16_000, 14_000),
                (width, height) -> new PictureFit.PictureSize(width, height));

        assertThat(watching.of(split("yard-1")).rules()).containsExactly(everywhere, yard);
        assertThat(watching.of(split("gate")).rules()).containsExactly(everywhere);
    }

    private static VideoSplit split(String stream) {
        return VideoSplit.unreadable(new VideoRequest(stream, "/" + stream + ".mp4"), "");
    }
}
