// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.longwatch.model.generate.Generation.Task;
import dev.longwatch.model.generate.Generation.Written;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GenerationTest {

    private static final String[] SENTENCE = {
        "The", " given", " query", " happens", " in", " ", "1", ".", "5", " ", "-", " ", "3", ".", "0", " seconds."
    };

    private final Scripted network = new Scripted("The", " given", " query", " happens", " in", " seconds.", "None");

    @Test
    void theBestTokenIsTakenWhenTheGrammarAllowsIt() {
        network.wanting(SENTENCE);

        assertThat(grounding(96)).isEqualTo("The given query happens in 1.5 - 3.0 seconds.");
    }

    @Test
    void aModelThatRamblesStillGivesAnAnswerOfTheGrammar() {
        network.wanting("x", "y", "z");

        Written written =
                write(new Task(new GroundingGrammar(10), Fork.GROUNDING, 96)).get(0);

        assertThat(written.whole()).isTrue();
        assertThat(new GroundingGrammar(10).complete(written.text())).isTrue();
    }

    @Test
    void anAnswerEndsWhenNothingCanFollowWithoutWaitingForTheEnd() {
        network.wanting("None");

        assertThat(grounding(96)).isEqualTo("None");
        assertThat(network.batchSizes).hasSize(1);
    }

    @Test
    void freeTextIsWhatTheModelWantsAndTellsNoProbability() {
        network.wanting("The", " query", " ", "3", ".", "0", "-", "1");

        Written written = write(new Task(new FreeText(), null, 96)).get(0);

        assertThat(written).isEqualTo(new Written("The query 3.0-1", 0, true));
    }

    @Test
    void aTextIsToldWhileItGrowsAndNeverHalfACharacter() {
        byte[] cat = "猫".getBytes(StandardCharsets.UTF_8);
        byte[] car = "🚗".getBytes(StandardCharsets.UTF_8);
        network.wanting(
                network.token(" query"),
                network.token(cat[0]),
                network.token(cat[1]),
                network.token(cat[2]),
                network.token("!"),
                network.token(car[0]),
                network.token(car[1]),
                network.token(car[2]),
                network.token(car[3]));
        List<String> pieces = new ArrayList<>();

        Written written = write(new Task(new FreeText(), null, 96, pieces::add)).get(0);

        assertThat(pieces).containsExactly(" query", "猫", "!", "🚗");
        assertThat(written.text()).isEqualTo(" query猫!🚗");
    }

    @Test
    void halfACharacterAtTheLimitIsNotTold() {
        byte[] cat = "猫".getBytes(StandardCharsets.UTF_8);
        network.wanting(network.token("!"), network.token(cat[0]), network.token(cat[1]), network.token(cat[2]));
        List<String> pieces = new ArrayList<>();

        Written written = write(new Task(new FreeText(), null, 3, pieces::add)).get(0);

        assertThat(pieces).containsExactly("!");
        assertThat(written.text()).isEqualTo("!");
    }

    @Test
    void freeTextIsCutAtItsLimit() {
        network.wanting("The", " query", " ", "3", ".", "0");

        assertThat(write(new Task(new FreeText(), null, 3)).get(0).text()).isEqualTo("The query ");
    }

    @Test
    void theEndIsNotTakenBeforeTheTextIsComplete() {
        network.wanting("The");

        assertThat(grounding(96)).startsWith("The given query happens in ").endsWith(" seconds.");
    }

    @Test
    void theEndIsTakenOnceTheTextIsComplete() {
        Grammar letters = new Grammar() {
            @Override
            public boolean viable(String prefix) {
                return prefix.matches("a*");
            }

            @Override
            public boolean complete(String text) {
                return text.length() >= 2;
            }

            @Override
            public boolean finished(String text) {
                return false;
            }
        };
        network.wanting("a", "a", "a");

        assertThat(write(new Task(letters, new Fork("", "a", "b"), 96)).get(0)).isEqualTo(new Written("aaa", 1, true));
    }

    @Test
    void anAnswerIsCutAtItsLimit() {
        network.wanting(SENTENCE);

        Written written =
                write(new Task(new GroundingGrammar(10), Fork.GROUNDING, 3)).get(0);

        assertThat(written.text()).isEqualTo("The given query");
        assertThat(written.whole()).isFalse();
    }

    @Test
    void theProbabilityIsThatOfTheViableFirstTokensOnly() {
        double[] odds = network.odds(Map.of("The", 0.3, "T", 0.06, "None", 0.08, "N", 0.04, " given", 0.5));
        network.wanting(Map.of(0, odds), SENTENCE);

        assertThat(write(new Task(new GroundingGrammar(10), Fork.GROUNDING, 96))
                        .get(0)
                        .something())
                .isCloseTo(0.36 / 0.48, within(1e-4));
    }

    @Test
    void aListIsDecidedWhereItsFirstEventWouldBegin() {
        Scripted lists = new Scripted("```json\n", "]\n```", "[]", "[");
        double[] odds = lists.odds(Map.of("]", 0.2, "]\n```", 0.4, "\n", 0.2));
        lists.wanting(Map.of(2, odds), "```json\n", "[", "]\n```");

        Written written = new Generation(lists)
                .write(lists, List.of(new Task(new CaptionGrammar(10), Fork.CAPTIONS, 96)))
                .get(0);

        assertThat(written.text()).isEqualTo("```json\n[]\n```");
        assertThat(written.something()).isCloseTo(0.25, within(1e-4));
    }

    @Test
    void forksAreWhereTheGrammarsPart() {
        assertParts(Fork.GROUNDING, new GroundingGrammar(10));
        assertParts(Fork.CAPTIONS, new CaptionGrammar(10));
    }

    @Test
    void finishedAnswersLeaveTheBatchAndKeepTheirPlaceInTheResult() {
        network.wanting(SENTENCE).wanting("None").wanting(SENTENCE).wanting("None");
        Task task = new Task(new GroundingGrammar(10), Fork.GROUNDING, 96);

        List<Written> written = write(task, task, task, task);

        assertThat(written)
                .extracting(Written::text)
                .containsExactly(
                        "The given query happens in 1.5 - 3.0 seconds.",
                        "None",
                        "The given query happens in 1.5 - 3.0 seconds.",
                        "None");
        assertThat(network.batchSizes).startsWith(4, 2, 2).doesNotContain(3);
    }

    private static void assertParts(Fork fork, Grammar grammar) {
        assertThat(grammar.viable(fork.stem() + fork.something())).isTrue();
        assertThat(grammar.viable(fork.stem() + fork.nothing())).isTrue();
        for (char other = ' '; other < 127; other++) {
            boolean way = fork.something().indexOf(other) == 0 || fork.nothing().indexOf(other) == 0;
            assertThat(grammar.viable(fork.stem() + other))
                    .as("after %s: %s", fork.stem(), other)
                    .isEqualTo(way);
        }
    }

    private String grounding(int limit) {
        return write(new Task(new GroundingGrammar(10), Fork.GROUNDING, limit))
                .get(0)
                .text();
    }

    private List<Written> write(Task... tasks) {
        return new Generation(network).write(network, List.of(tasks));
    }
}
