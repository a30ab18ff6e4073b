// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroundingGrammarTest {

    /** Every answer about a clip of so many tenths of a second, written down one by one. */
    private static Set<String> answers(int tenths) {
        Set<String> answers = new HashSet<>();
        answers.add("None");
        for (int start = 0; start < tenths; start++) {
            for (int end = start + 1; end <= tenths; end++) {
                answers.add("The given query happens in " + start / 10 + "." + start % 10 + " - " + end / 10 + "."
                        + end % 10 + " seconds.");
            }
        }
        return answers;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 9, 10, 11, 25, 99, 100, 101, 123})
    void exactlyTheBeginningsOfAnswersAreViable(int tenths) {
        Set<String> answers = answers(tenths);
        Set<String> beginnings = new HashSet<>();
        answers.forEach(answer -> {
            for (int length = 0; length <= answer.length(); length++) {
                beginnings.add(answer.substring(0, length));
            }
        });
        Grammar grammar = new GroundingGrammar(tenths / 10.0);
        List<String> wrong = new ArrayList<>();

        for (String beginning : beginnings) {
            assertThat(grammar.viable(beginning)).as(beginning).isTrue();
            assertThat(grammar.complete(beginning)).as(beginning).isEqualTo(answers.contains(beginning));
            assertThat(grammar.finished(beginning)).as(beginning).isEqualTo(answers.contains(beginning));
            for (char sign : "0123456789.- NTnsoe:".toCharArray()) {
                String longer = beginning + sign;
                if (grammar.viable(longer) != beginnings.contains(longer)) {
                    wrong.add(longer);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.1, 3.2, 10, 59.94, 600, 3600.04, 100_000})
    void whoeverTakesOnlyViableSignsComesToAnAnswer(double seconds) {
        RandomWalk.overManySeeds(new GroundingGrammar(seconds), "0123456789.- The given query happens in seconds.None");
    }

    @Test
    void timesBeyondTheClipOrWrittenOtherwiseAreNotViable() {
        Grammar grammar = new GroundingGrammar(12.34);
        String happens = "The given query happens in ";
        assertThat(grammar.complete(happens + "12.2 - 12.3 seconds.")).isTrue();
        assertThat(grammar.viable(happens + "12.3")).as("nothing is later").isFalse();
        assertThat(grammar.viable(happens + "9.9 - 9.9")).as("no length").isFalse();
        assertThat(grammar.viable(happens + "9.9 - 9"))
                .as("ends before it starts")
                .isFalse();
        assertThat(grammar.viable(happens + "03")).as("needless zero").isFalse();
        assertThat(grammar.viable(happens + "3 ")).as("no decimal").isFalse();
        assertThat(grammar.viable(happens + "3.12")).as("two decimals").isFalse();
        assertThat(grammar.viable(happens + "99999999999999999999.0")).isFalse();
        assertThat(grammar.viable("None.")).isFalse();
        assertThat(grammar.viable("none")).isFalse();
    }

    @Test
    void aLengthThatIsNoLengthIsRefused() {
        assertThatThrownBy(() -> new GroundingGrammar(Double.NaN))
                .hasMessage("expected the seconds of a clip, found NaN");
        assertThatThrownBy(() -> new GroundingGrammar(Double.POSITIVE_INFINITY)).hasMessageContaining("Infinity");
    }
}
