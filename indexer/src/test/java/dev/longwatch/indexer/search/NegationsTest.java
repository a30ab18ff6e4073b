// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NegationsTest {

    @Test
    void aTextThatShowsWhatIsNotWantedIsToldFromOneThatDeniesItToo() {
        List<List<String>> helmet = List.of(List.of("helmet"));

        assertThat(Negations.shows(helmet, "A worker wearing a helmet walks by."))
                .isTrue();
        assertThat(Negations.shows(helmet, "Two helmets lie on the floor.")).isTrue();
        assertThat(Negations.shows(helmet, "A worker without a helmet walks by."))
                .isFalse();
        assertThat(Negations.shows(helmet, "A worker stands there, no helmet on."))
                .isFalse();
        assertThat(Negations.shows(helmet, "A worker walks by.")).isFalse();
    }

    @Test
    void wordsThatBelongTogetherMustAllBeThere() {
        List<List<String>> redTruck = List.of(List.of("red", "truck"));

        assertThat(Negations.shows(redTruck, "A red truck stops.")).isTrue();
        assertThat(Negations.shows(redTruck, "A blue truck stops.")).isFalse();
    }
}
