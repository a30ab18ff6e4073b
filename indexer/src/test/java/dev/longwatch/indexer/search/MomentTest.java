// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.indexer.search.Moment.Mark;
import org.junit.jupiter.api.Test;

class MomentTest {

    @Test
    void marksArePlacesInTheText() {
        Moment moment = Moment.of(event("a red car <b>"), 1, "a \u0002red\u0003 \u0002car\u0003 <b>", Why.TIME_ALONE);

        assertThat(moment.marks()).containsExactly(new Mark(2, 5), new Mark(6, 9));
        assertThat(moment.highlighted("[", "]")).isEqualTo("a [red] [car] <b>");
    }

    @Test
    void aTextWithoutMarksStaysWhole() {
        assertThat(Moment.of(event("a red car"), 1, "", Why.TIME_ALONE).highlighted("[", "]"))
                .isEqualTo("a red car");
    }

    @Test
    void aTextThatHoldsTheSignsItselfIsNotMarkedWrongly() {
        Moment moment = Moment.of(event("a \u0002red car"), 1, "a \u0002red \u0002car\u0003", Why.TIME_ALONE);

        assertThat(moment.marks()).isEmpty();
        assertThat(moment.highlighted("[", "]")).isEqualTo("a \u0002red car");
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
