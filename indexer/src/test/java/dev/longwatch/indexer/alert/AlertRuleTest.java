// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longwatch.indexer.alert.AlertRule.Step;
import java.time.DayOfWeek;
import java.util.List;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertRuleTest {

    private static final AlertRule WHOLE = AlertRule.absent("desk", "a person at the desk", 600_000)
            .onStreams(List.of("office-*"))
            .withAlerting(new AlertRule.Alerting(
                    true,
                    Severity.CRITICAL,
                    60_000,
                    new Schedule(
                            "Europe/Berlin",
                            List.of(new Schedule.Hours(List.of(DayOfWeek.MONDAY), 480, 1_080)),
                            List.of()),
                    List.of("ops")));

    @Test
    void whatTravelsNeedsNoKryo() {
        PojoTestUtils.assertSerializedAsPojoWithoutKryo(AlertRule.class);
        PojoTestUtils.assertSerializedAsPojoWithoutKryo(Alert.class);
        PojoTestUtils.assertSerializedAsPojoWithoutKryo(Delivery.class);
    }

    @Test
    void everyRuleComesBackFromItsJson() throws Exception {
        ObjectMapper json = new ObjectMapper();
        AlertRule sequence = AlertRule.sequence(
                "left open", List.of(new Step("door", List.of("yard")), new Step("desk", List.of())), 30_000);

        for (AlertRule rule : List.of(WHOLE, sequence, AlertRule.of("a car"))) {
            assertThat(json.readValue(json.writeValueAsString(rule), AlertRule.class))
                    .isEqualTo(rule);
        }
    }

    @Test
    void aRuleOfBeforeThereWereLabelsHasNone() throws Exception {
        ObjectMapper json = new ObjectMapper();
        String now = json.writeValueAsString(WHOLE.alsoLabelled(List.of("theft")));

        AlertRule before = json.readValue(now.replace(",\"labels\":[\"theft\"]", ""), AlertRule.class);

        assertThat(before).isEqualTo(WHOLE);
        assertThat(json.readValue(now, AlertRule.class).labels()).containsExactly("theft");
    }

    @Test
    void aRuleHoldsForTheStreamsItNamesOrForAll() {
        assertThat(WHOLE.holdsFor("office-2")).isTrue();
        assertThat(WHOLE.holdsFor("yard")).isFalse();
        assertThat(AlertRule.of("a car").holdsFor("yard")).isTrue();
    }

    @Test
    void aSequenceCrossesStreamsAsSoonAsAStepNamesOne() {
        Step anywhere = new Step("a", List.of());

        assertThat(AlertRule.sequence("s", List.of(anywhere, anywhere), 1).crossesStreams())
                .isFalse();
        assertThat(AlertRule.sequence("s", List.of(anywhere, new Step("b", List.of("gate"))), 1)
                        .crossesStreams())
                .isTrue();
    }

    @Test
    void aSequenceHasTwoStepsAndNothingElseHasAny() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AlertRule.sequence("s", List.of(new Step("a", List.of())), 1_000))
                .withMessageContaining("'s'");
    }

    @ParameterizedTest
    @CsvSource({
        "*,yard,true",
        "cam-*,cam-1,true",
        "cam-*,cam-,true",
        "cam-?,cam-,false",
        "*gate*,front-gate-2,true",
        "a*b*c,aXbYbZc,true",
        "a*b*c,aXbYbZ,false",
        "yard,yard2,false",
        "y.rd,yard,false"
    })
    void globsKnowAnyCharactersAndAnyOne(String glob, String name, boolean matches) {
        assertThat(Glob.matches(glob, name)).isEqualTo(matches);
    }
}
