// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.event.VideoEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupedTest {

    private static final List<Moment> FOUND = List.of(
            moment("best", "gate", 10, 20),
            moment("apart", "gate", 40, 50),
            moment("elsewhere", "yard", 10, 20),
            moment("overlaps", "gate", 18, 30),
            moment("joins", "gate", 28, 42));

    @Test
    void eventsThatOverlapOnAStreamAreOneMoment() {
        List<Moment> moments = Grouped.byMoment(FOUND, 10);

        assertThat(moments).extracting(moment -> moment.event().id()).containsExactly("best", "elsewhere");
        assertThat(moments.get(0).alongside())
                .extracting(VideoEvent::id)
                .containsExactlyInAnyOrder("overlaps", "joins", "apart");
        assertThat(moments).extracting(Moment::count).containsExactly(4L, 1L);
    }

    @Test
    void ofALargeGroupTheBestAreShownAndAllAreCounted() {
        Moment largest = Grouped.byMoment(FOUND, 2).get(0);

        assertThat(largest.alongside()).hasSize(1);
        assertThat(largest.count()).isEqualTo(4);
    }

    private static Moment moment(String id, String stream, long start, long end) {
        return Moment.of(
                new VideoEvent(
                        id,
                        1,
                        stream,
                        "file:/" + stream + ".mp4",
                        "rule",
                        "text",
                        new TimeSpan(start * 1_000, end * 1_000),
                        0,
                        0.5,
                        VideoEvent.State.CLOSED,
                        "nano",
                        2,
                        ""),
                1,
                List.of(),
                Why.TIME_ALONE);
    }
}
