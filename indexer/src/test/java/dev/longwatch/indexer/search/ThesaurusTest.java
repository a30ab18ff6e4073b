// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThesaurusTest {

    private static final Thesaurus WORDS = Thesaurus.shared();

    @ParameterizedTest
    @CsvSource({
        "lorry, truck",
        "puppy, dog",
        "crimson, red",
        "watchman, guard",
        "dozing, sleeps",
        "tumbles, falls",
        "shuts, closes",
        "animal, cat",
        "luggage, suitcase",
        "vehicle, car"
    })
    void thisMayBeMeantByThat(String asked, String found) {
        assertThat(WORDS.means(asked, found)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"giraffe, horse", "wolf, fox", "drone, helicopter", "dog, animal", "leaves, enters", "person, dog"})
    void thatIsSomethingElse(String asked, String found) {
        assertThat(WORDS.means(asked, found))
                .as("a question may be more special by a step or two, an answer by many")
                .isEqualTo(asked.equals("dog"));
    }

    @Test
    void onlyTheNameOfAThingIsAThing() {
        assertThat(WORDS.isThing("giraffe")).isTrue();
        assertThat(WORDS.isThing("octopus")).isTrue();
        assertThat(WORDS.isThing("park")).isFalse();
        assertThat(WORDS.isThing("red")).isFalse();
        assertThat(WORDS.isThing("qwertz")).isFalse();
    }

    @Test
    void otherNamesAreSingleWords() {
        assertThat(WORDS.others("rucksack")).contains("backpack", "knapsack").doesNotContain("rucksack");
        assertThat(WORDS.others("qwertz")).isEmpty();
    }
}
