// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longwatch.model.Answer;
import dev.longwatch.model.Question;
import dev.longwatch.model.generate.Grammar;
import org.junit.jupiter.api.Test;

/** Official prompts of spec section 6. */
class AnswerFormatTest {

    @Test
    void groundingIsAskedWithThePublishedPromptAndAWayOut() {
        Question question = Question.ground("a $1 {query} isn't 100% \\1");
        assertThat(AnswerFormat.of(Question.Kind.GROUND).prompt(question))
                .isEqualTo("Give the query: 'a $1 {query} isn't 100% \\1', when does the described content occur in the"
                        + " video? If it does not occur, answer None.");
        assertThat(AnswerFormat.OFFICIAL_GROUNDING)
                .isEqualTo("Give the query: '{query}', when does the described content occur in the video?");
    }

    @Test
    void publishedEvaluationsAreAskedWordForWord() {
        assertThat(prompt(Question.Kind.COOKBOOK, "person turn a light on."))
                .isEqualTo("Give the query: 'person turn a light on.', when does the described content occur in the"
                        + " video?");
        assertThat(prompt(Question.Kind.CHARADES, "person turn a light on."))
                .isEqualTo("Please find the visual event described by a sentence in the video, determining its starting"
                        + " and ending times. The format should be: 'The event happens in the start time - end time'."
                        + " For example, The event 'person turn a light on' happens in the 24.3 - 30.4 seonds. Now I"
                        + " will give you the textual sentence: person turn a light on. Please return its start time"
                        + " and end time.");
        assertThat(prompt(Question.Kind.TIMELENS, "A man sits down ."))
                .isEqualTo("Please find the visual event described by the sentence 'A man sits down', determining its"
                        + " starting and ending times. The format should be: 'The event happens in <start time> - <end"
                        + " time> seconds'.");
    }

    @Test
    void freeAnswersAreAnyWordsUpToALimit() {
        for (Question.Kind kind : Question.Kind.values()) {
            if (kind.free()) {
                AnswerFormat format = AnswerFormat.of(kind);
                assertThat(format.tokenLimit())
                        .isEqualTo(kind == Question.Kind.ASK || kind == Question.Kind.LOCATE ? 256 : 50);
                assertThat(format.fork()).isNull();
                assertThat(format.grammar(10).complete("Well, from 1.0 to 2.0")).isTrue();
            }
        }
    }

    @Test
    void boxesAreAskedForAsTheCookbookDoes() {
        assertThat(prompt(Question.Kind.LOCATE, "a dog runs"))
                .isEqualTo(
                        "Outline the position of everything that 'a dog runs' tells of and output all the coordinates"
                                + " in JSON format.");
    }

    @Test
    void aPersonsQuestionAsksForTheSecondsItsAnswerRestsOn() {
        assertThat(prompt(Question.Kind.ASK, "What colour is the car?"))
                .startsWith(
                        "Answer this question from what the video shows and nothing else: What colour is the car?\n")
                .contains("[3.5 s]")
                .endsWith("say only: I do not know.");
    }

    private static String prompt(Question.Kind kind, String text) {
        return AnswerFormat.of(kind).prompt(new Question(kind, text));
    }

    @Test
    void eventsAreAskedForWithThePublishedPrompt() {
        assertThat(AnswerFormat.of(Question.Kind.DESCRIBE).prompt(Question.describe()))
                .isEqualTo("Localize a series of activity events in the video, output the start and end timestamp for"
                        + " each event, and describe each event with sentences. Provide the result in json format with"
                        + " 'mm:ss.ff' format for time depiction.");
    }

    @Test
    void whatTheGrammarAcceptsTheParserReads() {
        Question door = Question.ground("a person opens the door");
        String happens = "The given query happens in 3.5 - 9.0 seconds.";
        assertThat(readable(door, happens).moments()).hasSize(1);
        assertThat(readable(door, "None").moments()).isEmpty();

        String event = "{\"start_time\": \"00:01.00\", \"end_time\": \"00:02.00\", \"description\": \"None - 1 to 2\"}";
        assertThat(readable(Question.describe(), "```json\n[\n" + event + ",\n" + event + "\n]\n```")
                        .moments())
                .hasSize(2);
        assertThat(readable(Question.describe(), "```json\n[]\n```").moments()).isEmpty();
    }

    private static Answer readable(Question question, String text) {
        Grammar grammar = AnswerFormat.of(question.kind()).grammar(10);
        assertThat(grammar.complete(text)).as(text).isTrue();
        Answer answer = AnswerParser.read(question, 10, 1, text);
        assertThat(answer.readable()).as(text).isTrue();
        return answer;
    }

    @Test
    void aGroundingAnswerFitsIntoItsLimitEvenLetterByLetter() {
        String longest = "The given query happens in 35999.8 - 36000.0 seconds.";
        assertThat(AnswerFormat.GROUNDING.grammar(36_000).complete(longest)).isTrue();
        assertThat(longest.length()).isLessThan(AnswerFormat.GROUNDING.tokenLimit());
    }
}
