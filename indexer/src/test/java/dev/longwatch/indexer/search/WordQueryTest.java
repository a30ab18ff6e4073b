// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.longwatch.indexer.client.IndexException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordQueryTest {

    @Test
    void aQuestionIsReducedToTheWordsOfItsAnswer() {
        assertThat(WordQuery.words("When does the RED car stop?")).containsExactly("red", "car", "stop");
    }

    @Test
    void aQuestionWithoutSuchWordsIsTakenAtItsWord() {
        assertThat(WordQuery.words("who is it")).containsExactly("who");
    }

    @Test
    void signsOfAQueryLanguageAreNoWords() {
        assertThat(WordQuery.words("*:* stream:\"yard\" ~(a b)^9")).containsExactly("stream", "yard", "b", "9");
    }

    @Test
    void wordsBeyondTheSixteenthAreNotAskedFor() {
        String text = IntStream.range(0, 100).mapToObj(i -> "w" + i).collect(Collectors.joining(" "));

        assertThat(WordQuery.words(text)).hasSize(16);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?!", "the", "\u0000"})
    void aTextWithoutAWordIsRefused(String text) {
        assertThatExceptionOfType(IndexException.class)
                .isThrownBy(() -> WordQuery.words(text))
                .withMessageContaining("no word to search for");
    }
}
