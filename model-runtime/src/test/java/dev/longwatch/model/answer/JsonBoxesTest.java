// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longwatch.model.Box;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The spatial grounding answer of spec section 6, for a picture of 280 by 168 pixels. */
class JsonBoxesTest {

    private static final String CAR = "{\"bbox_2d\": [28, 42, 140, 84], \"label\": \"a red car\"}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "```json\n[\n\t" + CAR + "\n]\n```",
                "[" + CAR + "]",
                "Here it is: [" + CAR + ",] I hope that helps.",
                CAR,
                "[" + CAR + ", {\"bbox_2d\": [1, 2, 3",
                "[" + CAR + ", {\"bbox_2d\": [9, 9, 9, 80], \"label\": \"nothing wide\"}, {\"point_2d\": [4, 5]}, 7]"
            })
    void boxesAreSharesOfThePicture(String text) {
        assertThat(JsonBoxes.read(text, 280, 168).orElseThrow())
                .containsExactly(new Box("a red car", 0.1, 0.25, 0.5, 0.5));
    }

    @Test
    void whatLiesOutsideIsCutAwayAndALabelMayBeMissing() {
        assertThat(JsonBoxes.read("[{'bbox_2d': [-5, 84.0, 300, 999]}]", 280, 168)
                        .orElseThrow())
                .containsExactly(new Box("", 0, 0.5, 1, 1));
    }

    @Test
    void anEmptyListSaysThatThereIsNothing() {
        assertThat(JsonBoxes.read("```json\n[]\n```", 280, 168))
                .hasValueSatisfying(boxes -> assertThat(boxes).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "There is no car.",
                "[",
                "[{\"bbox_2d\": \"28, 42, 140, 84\"}]",
                "[{\"bbox_2d\": [28, 42, 140]}]",
                "[{\"bbox_2d\": [\"a\", 42, 140, 84]}]",
                "{\"start_time\": \"00:01.00\"}"
            })
    void whatTellsOfNoBoxCannotBeRead(String text) {
        assertThat(JsonBoxes.read(text, 280, 168)).isEmpty();
    }
}
