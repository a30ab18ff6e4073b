// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.ask;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longwatch.jobs.ask.Asked.Form;
import dev.longwatch.jobs.ask.Asked.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionFormsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "when does a car enter?                                 | WHEN      | a car enters",
                "When did the red car leave the yard?                   | WHEN      | the red car leaves the yard",
                "when do the lights go out                              | WHEN      | the lights go out",
                "when did the lights go out                             | WHEN      | the lights go out",
                "at what time does somebody fall?                       | WHEN      | somebody falls",
                "when is there a dog in the video?                      | WHEN      | a dog is there",
                "when is a dog visible                                  | WHEN      | a dog is there",
                "Is there a zebra?                                      | WHETHER   | a zebra is there",
                "is there any elephant                                  | WHETHER   | an elephant is there",
                "are there any dogs?                                    | WHETHER   | dogs are there",
                "did a truck reverse?                                   | WHETHER   | a truck reverses",
                "does a man carry a box                                 | WHETHER   | a man carries a box",
                "Please how often does a bus stop?                      | HOW_OFTEN | a bus stops",
                "how many times does a person cross the street          | HOW_OFTEN | a person crosses the street",
                "how many times is there a dog                          | HOW_OFTEN | a dog is there",
                "how long is there a dog?                               | HOW_LONG  | a dog is there",
                "for how long does the bus wait                         | HOW_LONG  | the bus waits",
                "when does a car first enter?                           | FIRST     | a car enters",
                "when does a car enter for the last time?               | LAST      | a car enters",
                "when is the first time that a car enters?              | FIRST     | a car enters",
                "which cameras show a dog?                              | WHERE     | a dog is there",
                "in which videos does a car enter                       | WHERE     | a car enters",
                "does a car honk?                                       | WHETHER   | a car honk"
            })
    void aQuestionIsTurnedIntoARulesWords(String question, Form form, String condition) {
        assertThat(QuestionForms.read(question)).contains(new Asked(form, condition, null, null));
    }

    @Test
    void oneThingBeforeOrAfterAnother() {
        assertThat(QuestionForms.read("when does the bus stop after a dog enters?"))
                .contains(new Asked(Form.WHEN, "the bus stops", Order.AFTER, "a dog enters"));
        assertThat(QuestionForms.read("Did a car leave before the lights go out?"))
                .contains(new Asked(Form.WHETHER, "a car leaves", Order.BEFORE, "the lights go out"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "what colour is the car?",
                "why does the car leave?",
                "who enters?",
                "where is the dog?",
                "how many cars are there?",
                "is the car red?",
                "when does no car enter?",
                "when is there a car or a bus?",
                "does a car enter and leave?",
                "when does a car enter after 10:00?",
                "when does a car enter before noon?",
                "what happens after a car enters?",
                "isn't there a car?",
                "a car",
                "when",
                "?"
            })
    void anythingElseIsNoneOfTheForms(String question) {
        assertThat(QuestionForms.read(question)).isEmpty();
    }

    @Test
    void theSameSaidInTwoWaysHasOneKey() {
        assertThat(Clause.key("a dog is there")).isEqualTo(Clause.key("dogs")).isEqualTo(Clause.key("The dog"));
        assertThat(Clause.key("a car enters")).isEqualTo(Clause.key("cars enter"));
        assertThat(Clause.key("the lights go out")).isEqualTo(Clause.key("the light goes out"));
        assertThat(Clause.key("a car enters")).isNotEqualTo(Clause.key("a car leaves"));
        assertThat(Clause.key("a dog bites a man")).isNotEqualTo(Clause.key("a man bites a dog"));
        assertThat(Clause.key("a bus")).isNotEqualTo(Clause.key("a bu"));
    }
}
