// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordFormsTest {

    @ParameterizedTest
    @CsvSource({
        "car, cars",
        "box, boxes",
        "body, bodies",
        "bus, buses",
        "truck, trucks",
        "person, people",
        "child, children",
        "stop, stopped",
        "stop, stopping",
        "drive, driving",
        "drive, drives",
        "park, parked",
        "carry, carried",
        "fall, fell",
        "cross, crossing",
        "cross, crosses",
        "walk, walking",
        "run, running"
    })
    void eachFormLeadsToTheOther(String one, String other) {
        assertThat(WordForms.of(one)).as("forms of %s", one).contains(other).doesNotContain(one);
        assertThat(WordForms.of(other)).as("forms of %s", other).contains(one).doesNotContain(other);
    }

    @Test
    void numbersAndForeignWordsAreLeftAsTheyAre() {
        assertThat(WordForms.of("42")).isEmpty();
        assertThat(WordForms.of("straße")).isEmpty();
        assertThat(WordForms.of("車")).isEmpty();
    }
}
