// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.watchlist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.alert.AlertRule.Alerting;
import dev.longwatch.indexer.alert.AlertRule.Step;
import dev.longwatch.indexer.alert.Channel;
import dev.longwatch.indexer.alert.Schedule;
import dev.longwatch.indexer.alert.Severity;
import java.util.List;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.api.Test;

class WatchlistTest {

    private static final Sampling USUAL = new Sampling(2, false, 16_000, 2_000);
    private static final AlertRule CAR = AlertRule.of("car");
    private static final AlertRule DOG = AlertRule.of("dog").onStreams(List.of("yard"));
    private static final WatchedStream YARD = new WatchedStream(
            "yard", "rtsp://viewer:geheim@10.0.0.7/main", USUAL, 3_600_000, List.of(CAR.withThreshold(0.8)));
    private static final WatchedStream OFFICE =
            new WatchedStream("office", "rtsp://10.0.0.8/main", USUAL, WatchedStream.FOREVER, List.of());
    private static final Watchlist BOTH = new Watchlist(
            7,
            List.of(YARD, OFFICE),
            List.of(CAR, DOG),
            List.of(Channel.webhook("ops", "https://a.example/in", "psst")));

    @Test
    void aStreamHasItsOwnRulesAndTheOthersThatHoldForIt() {
        assertThat(BOTH.rulesFor(YARD)).containsExactly(CAR.withThreshold(0.8), DOG);
        assertThat(BOTH.rulesFor(OFFICE)).containsExactly(CAR);
    }

    @Test
    void theRulesOfAStreamHaveItsLabelsToo() {
        AlertRule theft = AlertRule.of("theft").alsoLabelled(List.of("theft", "entrance"));
        AlertRule across = AlertRule.sequence(
                        "across", List.of(new Step("car", List.of("yard")), new Step("dog", List.of())), 1_000)
                .alsoLabelled(List.of("tour"));
        WatchedStream gate = new WatchedStream(
                "gate", "rtsp://10.0.0.9/main", USUAL, 1_000, List.of(), List.of("entrance", "site-a"));
        Watchlist labelled = new Watchlist(1, List.of(gate), List.of(theft, across), List.of());

        assertThat(labelled.rulesFor(gate))
                .extracting(AlertRule::labels)
                .containsExactly(List.of("theft", "entrance", "site-a"), List.of("tour"));
        assertThat(Watchlist.parse(labelled.json())).isEqualTo(labelled);
        assertThat(Watchlist.parse(BOTH.json().replace(",\"labels\":[]", "")))
                .as("written before there were labels")
                .isEqualTo(BOTH);
    }

    @Test
    void comesBackFromItsJson() {
        assertThat(Watchlist.parse(BOTH.json())).isEqualTo(BOTH);
    }

    @Test
    void showsNoSecrets() {
        assertThat(BOTH).asString().doesNotContain("geheim", "psst", "rtsp").contains("yard", "car", "ops");
        String broken = BOTH.json().replace("\"url\":\"rtsp", "\"url\":[\"rtsp");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Watchlist.parse(broken))
                .withMessageContaining("column")
                .withMessageNotContaining("geheim")
                .withNoCause();
    }

    @Test
    void refusesWhatCannotBeWatched() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Watchlist(1, List.of(YARD, YARD), List.of(), List.of()))
                .withMessage("two of them are called 'yard': every stream needs a name of its own");
        AlertRule loud = CAR.withAlerting(new Alerting(true, Severity.INFO, 0, Schedule.ALWAYS, List.of("duty")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Watchlist(1, List.of(), List.of(loud), List.of()))
                .withMessage("rule 'car' tells [duty], expected some of []");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Sampling(2, false, 2_000, 2_000))
                .withMessageContaining("overlap");
    }

    @Test
    void travelsThroughFlink() {
        PojoTestUtils.assertSerializedAsPojoWithoutKryo(Watchlist.class);
    }
}
