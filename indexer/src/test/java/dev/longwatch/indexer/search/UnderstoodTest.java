// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longwatch.indexer.search.Understood.Clue;
import dev.longwatch.indexer.search.Understood.Kind;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnderstoodTest {

    /** A Friday; one hour ahead of UTC. */
    private static final ZonedDateTime ASKED = ZonedDateTime.parse("2026-11-20T18:00:00+01:00[Europe/Berlin]");

    @ParameterizedTest
    @CsvSource({
        "dog between 2 and 3 pm,              13:00, 14:00",
        "a dog from 9 am to 11:30,            08:00, 10:30",
        "a dog between 11 and 2 pm,           10:00, 13:00",
        "dog before 6 am,                     23:00, 05:00",
        "dog after 10 pm,                     21:00, 23:00",
        "a dog at noon,                       10:45, 11:15",
        "dogs in the morning,                 04:00, 11:00",
        "a dog at night,                      21:00, 04:00",
        "dog between 23:00 and 01:30,         22:00, 00:30"
    })
    void aTimeOfDayIsEveryDays(String text, String from, String to) {
        Understood understood = of(text);

        assertThat(understood.daily()).isEqualTo(new DailySpan(minutes(from), minutes(to)));
        assertThat(understood.from()).isNull();
        assertThat(WordQuery.words(understood.words())).isSubsetOf("dog", "dogs");
        assertThat(understood.clues()).singleElement().satisfies(clue -> assertThat(text)
                .contains(clue.said()));
    }

    @ParameterizedTest
    @CsvSource({
        "dog yesterday,                       2026-11-18T23:00:00Z, 2026-11-19T22:59:59.999999999Z",
        "a dog this morning,                  2026-11-20T04:00:00Z, 2026-11-20T11:00:00Z",
        "dog yesterday evening,               2026-11-19T17:00:00Z, 2026-11-19T21:00:00Z",
        "dog last night,                      2026-11-19T21:00:00Z, 2026-11-20T04:00:00Z",
        "a dog on monday afternoon,           2026-11-16T11:00:00Z, 2026-11-16T17:00:00Z",
        "dog today after 2 pm,                2026-11-20T13:00:00Z, 2026-11-20T22:59:59.999999999Z",
        "a dog in the last two hours,         2026-11-20T15:00:00Z, 2026-11-20T17:00:00Z"
    })
    void aDayIsAStretchOfTime(String text, String from, String to) {
        Understood understood = of(text);

        assertThat(understood.from()).isEqualTo(Instant.parse(from));
        assertThat(understood.to()).isEqualTo(Instant.parse(to));
        assertThat(understood.daily()).isNull();
        assertThat(WordQuery.words(understood.words())).containsExactly("dog");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "two men between 2 cars",
                "a bus from 3 to 5",
                "a man at 25:70",
                "the morning shift",
                "the last car",
                "the second man",
                "no one at the desk",
                "a knight at the gate",
                "2 pm" + "x"
            })
    void whatMayMeanSomethingElseStaysWords(String text) {
        assertThat(of(text)).isEqualTo(Understood.literally(text));
    }

    @ParameterizedTest
    @CsvSource({
        "the second time the dog barks,       2,  the dog barks",
        "the last time the lights went out,   -1, the lights went out",
        "the 3rd time that a car stops,       3,  a car stops",
        "a dog for the first time,            1,  a dog"
    })
    void anOrdinalOfTimesPicksOne(String text, int ordinal, String words) {
        Understood understood = of(text);

        assertThat(understood.ordinal()).isEqualTo(ordinal);
        assertThat(understood.words()).isEqualTo(words);
        assertThat(understood.clues()).extracting(Clue::kind).containsExactly(Kind.ORDER);
    }

    @Test
    void whatIsNotWantedIsTakenOut() {
        assertThat(of("a worker without a helmet").without()).isEqualTo(List.of(List.of("helmet")));
        assertThat(of("a worker without a helmet").words()).isEqualTo("a worker");
        assertThat(of("a car but no red truck at the gate").without()).isEqualTo(List.of(List.of("red", "truck")));
        assertThat(of("a car but no red truck at the gate").words()).isEqualTo("a car at the gate");
        assertThat(of("a dog, not at the gate").without()).isEqualTo(List.of(List.of("gate")));
        assertThat(of("the dog does not move").without()).isEqualTo(List.of(List.of("move")));
    }

    @Test
    void everythingAtOnceAndTakenBack() {
        String text = "the second time a man without a hat comes in yesterday between 2 and 3 pm";

        Understood understood = of(text);

        assertThat(understood.clues())
                .extracting(Clue::kind)
                .containsExactly(Kind.TIME, Kind.TIME, Kind.ORDER, Kind.WITHOUT);
        assertThat(understood.from()).isEqualTo(Instant.parse("2026-11-19T13:00:00Z"));
        assertThat(understood.to()).isEqualTo(Instant.parse("2026-11-19T14:00:00Z"));
        assertThat(Understood.of(SearchRequest.of(text).askedAt(ASKED).taken(true)))
                .isEqualTo(Understood.literally(text));
    }

    private static Understood of(String text) {
        return Understood.of(SearchRequest.of(text).askedAt(ASKED));
    }

    private static int minutes(String time) {
        return Integer.parseInt(time.substring(0, 2)) * 60 + Integer.parseInt(time.substring(3));
    }
}
