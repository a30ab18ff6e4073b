// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelsTest {

    @ParameterizedTest
    @ValueSource(strings = {"entrance", "Theft", "gate-2", "a", "2nd_floor", "eingänge", "入口", "नमस्ते"})
    void aWordIsALabel(String word) {
        assertThat(Labels.isLabel(word)).isTrue();
        assertThat(Labels.isLabel("x".repeat(Labels.LONGEST))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "two words", "a,b", "a:b", "-minus", "_under", "tab\t", "a\u0000", "🐕", "*", "\"a\""})
    void whatNobodyCanTypeAfterAColonIsNone(String word) {
        assertThat(Labels.isLabel(word)).isFalse();
        assertThat(Labels.isLabel("x".repeat(Labels.LONGEST + 1))).isFalse();
    }

    @Test
    void togetherEachIsThereOnce() {
        assertThat(Labels.together(List.of("theft", "entrance"), List.of("site-a", "theft")))
                .containsExactly("theft", "entrance", "site-a");
        assertThat(Labels.orNone(null)).isEmpty();
    }
}
