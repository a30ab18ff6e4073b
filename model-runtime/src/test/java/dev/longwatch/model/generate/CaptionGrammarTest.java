// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.generate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CaptionGrammarTest {

    private static final String SIGNS = "0123456789:.\"{}[]`,\n start_timendjscripo\\\u00e9\u4eba\ud83c\udf89";

    private static String clock(int hundredths) {
        return twoDigits(hundredths / 6000) + ":" + twoDigits(hundredths / 100 % 60) + "."
                + twoDigits(hundredths % 100);
    }

    private static String twoDigits(int number) {
        return number < 10 ? "0" + number : String.valueOf(number);
    }

    private static String event(int start, int end, String description) {
        return "{\"start_time\": \"" + clock(start) + "\", \"end_time\": \"" + clock(end) + "\", \"description\": \""
                + description + "\"}";
    }

    private static String list(String... events) {
        return "```json\n[\n" + String.join(",\n", events) + "\n]\n```";
    }

    /** Every answer of at most two events that are described by one letter. */
    private static Set<String> answers(int hundredths) {
        Set<String> answers = new HashSet<>();
        answers.add("```json\n[]\n```");
        for (int start = 0; start < hundredths; start++) {
            for (int end = start + 1; end <= hundredths; end++) {
                answers.add(list(event(start, end, "a")));
                for (int next = start; next < hundredths; next++) {
                    answers.add(list(event(start, end, "a"), event(next, hundredths, "a")));
                }
            }
        }
        return answers;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 11})
    void exactlyTheBeginningsOfAnswersAreViable(int hundredths) {
        Set<String> answers = answers(hundredths);
        Set<String> beginnings = new HashSet<>();
        answers.forEach(answer -> {
            for (int length = 0; length <= answer.length(); length++) {
                beginnings.add(answer.substring(0, length));
            }
        });
        Grammar grammar = new CaptionGrammar(hundredths / 100.0);

        for (String beginning : beginnings) {
            assertThat(grammar.viable(beginning)).as(beginning).isTrue();
            assertThat(grammar.complete(beginning)).as(beginning).isEqualTo(answers.contains(beginning));
            boolean onlyFirstEvent = beginning.indexOf('{') == beginning.lastIndexOf('{');
            boolean describing = beginning.matches("(?s).*description\": \"a?");
            if (onlyFirstEvent && !describing) {
                for (char sign : "0123456789:.\"{}[]`,\n ".toCharArray()) {
                    String longer = beginning + sign;
                    // a second event may follow, and end anywhere
                    boolean expected = beginnings.contains(longer) || longer.endsWith("\"},") && hundredths > 0;
                    assertThat(grammar.viable(longer)).as(longer).isEqualTo(expected);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 599, 6000, 6001, 12_345, 600_001})
    void exactlyTheTimesOfTheClipAreViable(int limit) {
        Random random = new Random(limit);
        Grammar grammar = new CaptionGrammar(limit / 100.0);
        String[] times = IntStream.rangeClosed(0, limit)
                .mapToObj(CaptionGrammarTest::clock)
                .toArray(String[]::new);
        for (int round = 0; round < Math.min(200, 2_000_000 / limit); round++) {
            int start = random.nextInt(limit);
            String begun = "```json\n[\n{\"start_time\": \"" + clock(start) + "\", \"end_time\": \"";
            int end = random.nextInt(4) == 0 ? start + 1 - random.nextInt(2) : random.nextInt(2 * limit + 2);
            String time = clock(end);
            assertThat(grammar.viable(begun + time)).as(begun + time).isEqualTo(end > start && end <= limit);
            for (int length = 0; length <= time.length(); length++) {
                String part = time.substring(0, length);
                assertThat(grammar.viable(begun + part))
                        .as("%s of %s in %d to %d", part, time, start + 1, limit)
                        .isEqualTo(IntStream.rangeClosed(start + 1, limit).anyMatch(i -> times[i].startsWith(part)));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.001, 0.01, 9.99, 30, 61.05, 6_000.5, 100_000})
    void whoeverTakesOnlyViableSignsComesToAList(double seconds) throws IOException {
        Grammar grammar = new CaptionGrammar(seconds);
        for (int seed = 0; seed < 8; seed++) {
            String text = RandomWalk.take(grammar, SIGNS, new Random(seed));
            String json = text.substring("```json\n".length(), text.length() - "\n```".length());
            checkEvents(new ObjectMapper().readTree(json), seconds);
        }
    }

    private static void checkEvents(JsonNode events, double seconds) {
        assertThat(events.size()).isLessThanOrEqualTo(CaptionGrammar.MOST_EVENTS);
        String least = "";
        for (JsonNode event : events) {
            String start = event.required("start_time").textValue();
            String end = event.required("end_time").textValue();
            assertThat(hundredths(start)).isGreaterThanOrEqualTo(least.isEmpty() ? 0 : hundredths(least));
            assertThat(hundredths(end)).isGreaterThan(hundredths(start));
            assertThat(hundredths(end) / 100.0).isLessThanOrEqualTo(seconds + 1e-9);
            String description = event.required("description").textValue();
            assertThat(description.codePointCount(0, description.length())).isBetween(1, 200);
            least = start;
        }
    }

    private static long hundredths(String clock) {
        String[] parts = clock.split("[:.]");
        return Long.parseLong(parts[0]) * 6000 + Long.parseLong(parts[1]) * 100 + Long.parseLong(parts[2]);
    }

    @Test
    void everyBeginningOfAWrittenListIsViable() {
        Grammar grammar = new CaptionGrammar(90);
        String text = list(
                event(0, 2180, "A person opens the door."),
                event(2180, 3000, "She says \\\"hi\\\" \\\\ \ud83c\udf89 \u4eba"),
                event(2180, 9000, "x".repeat(200)));
        for (int length = 0; length < text.length(); length++) {
            assertThat(grammar.viable(text.substring(0, length)))
                    .as(text.substring(0, length))
                    .isTrue();
            assertThat(grammar.complete(text.substring(0, length))).isFalse();
        }
        assertThat(grammar.complete(text)).isTrue();
        assertThat(grammar.finished(text)).isTrue();
        assertThat(grammar.viable(text + "\n")).isFalse();
    }

    @Test
    void descriptionsHaveOneTo200WellFormedCharacters() {
        String begun = "```json\n[\n{\"start_time\": \"00:00.00\", \"end_time\": \"00:01.00\", \"description\": \"";
        Grammar grammar = new CaptionGrammar(1);
        assertThat(grammar.viable(begun + "\"")).as("empty").isFalse();
        assertThat(grammar.viable(begun + " ")).as("blank").isFalse();
        assertThat(grammar.viable(begun + "a\n")).as("raw newline").isFalse();
        assertThat(grammar.viable(begun + "\\n")).as("other escape").isFalse();
        assertThat(grammar.viable(begun + "\ufffd")).as("broken text").isFalse();
        assertThat(grammar.viable(begun + "\udf89")).as("half a character").isFalse();
        assertThat(grammar.viable(begun + "\ud83ca")).as("half a character").isFalse();
        assertThat(grammar.viable(begun + "\ud83c"))
                .as("the first half, so far")
                .isTrue();
        assertThat(grammar.viable(begun + "\ud83c\udf89".repeat(200) + "\"")).isTrue();
        assertThat(grammar.viable(begun + "\\\"".repeat(200) + "\"")).isTrue();
        assertThat(grammar.viable(begun + "x".repeat(201))).isFalse();
        assertThat(grammar.viable(begun + "x".repeat(200) + "\\")).isFalse();
    }

    @Test
    void descriptionsMayHoldEveryCharacterThatJsonTakesAsItIs() {
        String begun = "```json\n[\n{\"start_time\": \"00:00.00\", \"end_time\": \"00:01.00\", \"description\": \"a";
        Grammar grammar = new CaptionGrammar(1);
        List<Integer> refused = IntStream.range(0, Character.MIN_SURROGATE)
                .filter(character -> !grammar.viable(begun + (char) character + "b"))
                .boxed()
                .toList();
        // control characters, and the two that must be escaped
        assertThat(refused).hasSize(34).contains(0, 0x1f, (int) '"', (int) '\\');
    }

    @Test
    void atMost64EventsByTheirStart() {
        Grammar grammar = new CaptionGrammar(100);
        List<String> events = IntStream.range(0, 64)
                .mapToObj(i -> event(i * 10, 9000, "e" + i))
                .collect(Collectors.toCollection(ArrayList::new));
        assertThat(grammar.complete(list(events.toArray(String[]::new)))).isTrue();
        events.add(event(9000, 9001, "one more"));
        assertThat(grammar.viable(list(events.toArray(String[]::new)))).isFalse();
        assertThat(grammar.viable(list(event(100, 200, "a"), event(99, 200, "b"))))
                .isFalse();
    }
}
