// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longwatch.model.Answer;
import dev.longwatch.model.Question;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AnswerParserTest {

    private static final double CLIP = 90;
    private static final Question DOOR = Question.ground("a person opens the door");

    private static Answer read(Question question, String text) {
        return AnswerParser.read(question, CLIP, 0.5, text);
    }

    static List<String> answers() throws IOException {
        try (InputStream in = AnswerParserTest.class.getResourceAsStream("/answers.tsv")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("answers")
    void whatModelsWriteIsRead(String line) {
        String expected = line.substring(0, line.indexOf('\t'));
        String text = line.substring(line.indexOf('\t') + 1).replace("\\n", "\n");

        Answer answer = read(DOOR, text);

        assertThat(said(answer)).isEqualTo(expected);
        assertThat(answer.text()).isEqualTo(text);
        assertThat(answer.probability()).isEqualTo(0.5);
        assertThat(answer.moments())
                .allSatisfy(moment -> assertThat(moment.description()).isEqualTo(DOOR.text()));
    }

    private static String said(Answer answer) {
        if (!answer.readable()) {
            assertThat(answer.moments()).isEmpty();
            return "?";
        }
        return answer.moments().isEmpty()
                ? "none"
                : answer.moments().stream()
                        .map(Answer.Moment::span)
                        .map(span -> String.format(Locale.ROOT, "%.1f-%.1f", span.start(), span.end()))
                        .collect(Collectors.joining(","));
    }

    @Test
    void numbersOfTheQueryAreNotTimes() {
        Question score = Question.ground("the score is 1 - 3");
        assertThat(said(read(score, "The given query 'the score is 1 - 3' happens in 5.0 - 9.0 seconds.")))
                .isEqualTo("5.0-9.0");
    }

    @Test
    void eventsAreDescribedInTheModelsWords() {
        Answer json = read(
                Question.describe(),
                "[{\"start_time\": \"00:01.00\", \"end_time\": \"00:02.00\", \"description\": \"She says \\\"hi\\\".\"}]");
        assertThat(json.moments()).extracting(Answer.Moment::description).containsExactly("She says \"hi\".");

        Answer object = read(Question.describe(), "{\"00:23.00 - 00:48.00\": \"A man walks.\"}");
        assertThat(object.moments()).extracting(Answer.Moment::description).containsExactly("A man walks.");

        Answer lines =
                read(Question.describe(), "1. **0.0 - 5.0 seconds**: A man walks.\n2. He sits down: 5.0s - 9.0s\n");
        assertThat(said(lines)).isEqualTo("0.0-5.0,5.0-9.0");
        assertThat(lines.moments())
                .extracting(Answer.Moment::description)
                .containsExactly("A man walks.", "2. He sits down");
    }

    @Test
    void anythingAtAllCanBeReadWithoutFailing() {
        List<String> seeds = answersOrFail();
        Random random = new Random(11);
        for (int round = 0; round < 10_000; round++) {
            String text = round % 4 == 0 ? noise(random) : mutated(seeds.get(random.nextInt(seeds.size())), random);
            Question question = round % 2 == 0 ? DOOR : Question.describe();
            Answer answer = AnswerParser.read(question, random.nextDouble() * 100, 1, text);
            assertThat(answer.text()).isEqualTo(text);
        }
    }

    @Test
    void deepOrLongTextsNeitherOverflowNorHang() {
        for (String part :
                List.of("[", "{\"a\":", "[[", "1:", "9", "9 ", "1 - ", " ", "not ", "between 1 and ", "\\")) {
            assertThat(read(DOOR, part.repeat(20_000)).text()).isNotEmpty();
            assertThat(read(DOOR, "[" + part.repeat(20_000)).text()).isNotEmpty();
        }
        assertThat(said(read(DOOR, "3.0 - " + "9".repeat(5_000) + " seconds"))).isEqualTo("3.0-90.0");
    }

    private static List<String> answersOrFail() {
        try {
            return answers().stream().map(line -> line.replace("\\n", "\n")).toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String noise(Random random) {
        String signs = "0123456789:.-\u2013 []{}\"'`,\\\n\tstoandbetween\ud83c\udf89\u0000\uffff";
        return random.ints(random.nextInt(120), 0, signs.length())
                .mapToObj(i -> String.valueOf(signs.charAt(i)))
                .collect(Collectors.joining());
    }

    private static String mutated(String text, Random random) {
        StringBuilder mutated = new StringBuilder(text);
        for (int change = random.nextInt(5); change >= 0 && mutated.length() > 0; change--) {
            int at = random.nextInt(mutated.length());
            switch (random.nextInt(4)) {
                case 0 -> mutated.deleteCharAt(at);
                case 1 -> mutated.insert(at, noise(random));
                case 2 -> mutated.setLength(at);
                default -> mutated.setCharAt(at, (char) random.nextInt(0x10000));
            }
        }
        return mutated.toString();
    }
}
