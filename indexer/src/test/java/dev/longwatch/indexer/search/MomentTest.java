// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.indexer.search.Moment.Mark;
import java.util.List;
import org.junit.jupiter.api.Test;

class MomentTest {

    @Test
    void marksArePlacesInTheText() {
        Moment moment = moment("a Red car <b> cars");

        assertThat(moment.marks()).containsExactly(new Mark(2, 5), new Mark(6, 9), new Mark(14, 18));
        assertThat(moment.highlighted("[", "]")).isEqualTo("a [Red] [car] <b> [cars]");
    }

    @Test
    void aTextWithoutMarksStaysWhole() {
        assertThat(moment("a blue bus").highlighted("[", "]")).isEqualTo("a blue bus");
    }

    private static Moment moment(String text) {
        List<Mark> marks = new Fitting(List.of("red", "car"), null).marks(text);
        return Moment.of(event(text), 1, marks, Why.TIME_ALONE);
    }

    private static VideoEvent event(String text) {
        return new VideoEvent(
                "1",
                1,
                "gate",
                "u",
                "r",
                text,
                new TimeSpan(0, 1),
                0,
                1,
                VideoEvent.State.CLOSED,
                "m",
                1,
                "2 a second");
    }
}
