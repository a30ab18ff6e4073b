// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.ground;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.jobs.clip.VideoClip;
import dev.longwatch.jobs.sample.SampledFrame;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BracketsTest {

    private final List<String> told = new ArrayList<>();

    @Test
    void onlyABracketHoldsTheTextBack() {
        Brackets brackets = new Brackets(inside -> "<" + inside + ">", told::add);
        for (String piece : List.of("It ", "is red [3", ".5 s", "], say", "s [he")) {
            brackets.add(piece);
        }
        assertThat(told).containsExactly("It ", "is red ", "<3.5 s>, say", "s ");

        brackets.end();

        assertThat(brackets.text()).isEqualTo("It is red <3.5 s>, says [he");
        assertThat(told).last().isEqualTo("[he");
    }

    @Test
    void whatIsNoBracketOfOursGoesOn() {
        Brackets brackets = new Brackets(inside -> "", told::add);
        String long65 = "[" + "x".repeat(64);

        brackets.add("[a\nb] [[c] " + long65);
        brackets.end();

        assertThat(brackets.text()).isEqualTo("[a\nb] [ " + long65);
    }

    @Test
    void citedSecondsAreOfTheVideo() {
        CitedSeconds cited = new CitedSeconds(clip(56_000, 72_000));

        assertThat(cited.onVideoClock("3.5 s")).isEqualTo("[00:00:59.5]");
        assertThat(cited.onVideoClock("3.5 - 7.0 s")).isEqualTo("[00:00:59.5–00:01:03.0]");
        assertThat(cited.onVideoClock("3.5s to 00:07.0")).isEqualTo("[00:00:59.5–00:01:03.0]");
        assertThat(cited.onVideoClock("16.1 s"))
                .as("the clip has no such second")
                .isEmpty();
        assertThat(cited.onVideoClock("7 - 3 s")).isEmpty();
        assertThat(cited.onVideoClock("sic")).isEqualTo("[sic]");
        assertThat(cited.spans())
                .containsExactly(
                        new TimeSpan(59_500, 59_500), new TimeSpan(59_500, 63_000), new TimeSpan(59_500, 63_000));
    }

    @Test
    void secondsOfARecordingAreOfTheWallClock() {
        long noon = 1_793_880_000_000L;

        assertThat(new CitedSeconds(clip(noon, noon + 16_000)).onVideoClock("3.5 s"))
                .isEqualTo("[2026-11-05T12:00:03.500Z]");
    }

    private static VideoClip clip(long startMillis, long endMillis) {
        return new VideoClip(
                "yard",
                "yard.mp4",
                0,
                0,
                0,
                startMillis,
                endMillis,
                2_000,
                true,
                0,
                false,
                new SampledFrame[0],
                new long[0],
                "",
                false,
                new AlertRule[0],
                new AlertRule[0],
                new AlertRule[0],
                false,
                2,
                "");
    }
}
