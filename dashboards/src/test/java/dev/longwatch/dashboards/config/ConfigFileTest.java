// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.longwatch.dashboards.config.ConfigFile.Joined;
import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.watchlist.Definition;
import dev.longwatch.indexer.watchlist.WatchedStream;
import dev.longwatch.indexer.watchlist.Watchlist;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigFileTest {

    private static final String FILE =
            """
            streams:
              yard:
                url: rtsp://10.0.0.7/main
                rules:
                  car: {threshold: 0.7, cooldown: 5 min}
                  person:
              gate: rtsp://10.0.0.8/main
            rules:
              car: {when: a car, threshold: 0.4, min_duration: 2s}
              person: a person
            sampling: {frames_per_second: 4, by_change: true}
            retention: 7d
            notify:
              ops: {webhook: "https://example.com/${NAME}"}
            """;

    private static final ConfigFile CONFIG =
            ConfigFile.parse(Path.of("longwatch.yaml"), FILE, Map.of("NAME", "in")::get);

    @Test
    void aStreamMaySayWhatIsDifferentThereAndGetsNoOtherRule() {
        Watchlist all = CONFIG.alone().watchlist(1);

        WatchedStream yard = all.streams().get(0);
        AlertRule car = all.rulesFor(yard).get(0);
        assertThat(car.threshold()).isEqualTo(0.7);
        assertThat(car.minMillis()).isEqualTo(2_000);
        assertThat(car.alerting().cooldownMillis()).isEqualTo(300_000);
        assertThat(all.rulesFor(yard)).extracting(AlertRule::name).containsExactly("car", "person");
        assertThat(all.rulesFor(all.streams().get(1)).get(0).threshold()).isEqualTo(0.4);
        assertThat(yard.sampling().byChange()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "threshold: 0.7, | treshold: 0.7, | 5: unknown key 'treshold'; did you mean 'threshold'?",
                "threshold: 0.7, | threshold: 7, | 5: expected a number from 0 to 1, found '7'",
                "threshold: 0.7, | absent: a car, | 5: unknown key 'absent'",
                "car: {threshold: 0.7, | cra: {threshold: 0.7, | 5: no rule is called 'cra'; did you mean 'car'?",
            })
    void aDifferenceThatCannotBeMeantIsRefusedWithItsLine(String good, String bad, String complaint) {
        String text = FILE.replace(good, bad);
        assertThat(text).isNotEqualTo(FILE);

        assertThatExceptionOfType(InvalidConfig.class)
                .isThrownBy(() -> ConfigFile.parse(Path.of("longwatch.yaml"), text, name -> "in"))
                .withMessageStartingWith("longwatch.yaml:" + complaint);
    }

    @Test
    void whatTheIndexKeepsTakesTheFilesGeneralSettings() {
        Joined joined = CONFIG.with(
                List.of(Definition.of("shed", "{\"url\":\"rtsp://10.0.0.9/a\"}")),
                List.of(
                        Definition.of(
                                "dog", "{\"when\":\"a dog\",\"streams\":[\"shed\",\"gone\"],\"notify\":[\"ops\"]}"),
                        Definition.of("both", "{\"sequence\":[\"car\",\"dog\"],\"within\":\"30s\"}")));

        assertThat(joined.leftOut()).isEmpty();
        LongwatchConfig config = joined.config();
        WatchedStream shed = config.streams().get(2);
        assertThat(shed.sampling().framesPerSecond()).isEqualTo(4);
        assertThat(shed.retentionMillis()).isEqualTo(604_800_000);
        assertThat(config.watchlist(1).rulesFor(shed))
                .extracting(AlertRule::name)
                .containsExactly("car", "person", "dog", "both");
        assertThat(config.streamPlaces()).containsEntry("shed", "index").containsEntry("yard", "longwatch.yaml:2");
    }

    @Test
    void aRuleThatNoStreamWantsIsSaid() {
        String text = "streams: {yard: {url: 'rtsp://10.0.0.7/a', rules: [car]}}\nrules: {car: a car, dog: a dog}\n";
        ConfigFile choosy = ConfigFile.parse(Path.of("longwatch.yaml"), text, name -> null);

        assertThat(choosy.with(List.of(), List.of(Definition.of("bus", "{\"when\":\"a bus\"}")))
                        .leftOut())
                .containsExactly(
                        "rule 'bus' (index) is asked nowhere: every stream that it holds for says under 'rules' which"
                                + " it wants",
                        "rule 'dog' (longwatch.yaml:2) is asked nowhere: every stream that it holds for says under"
                                + " 'rules' which it wants");
    }

    @Test
    void whatCannotBeUsedOfTheIndexIsLeftOutAndSaid() {
        Joined joined = CONFIG.with(
                List.of(Definition.of("yard", "{\"url\":\"rtsp://elsewhere\"}"), Definition.of("empty", "{}")),
                List.of(
                        Definition.of("loud", "{\"when\":\"noise\",\"notify\":[\"opps\"]}"),
                        Definition.of("after", "{\"sequence\":[\"car\",\"loud\"],\"within\":\"30s\"}"),
                        Definition.of("odd", "{\"when\":\"odd\",\"mood\":\"calm\"}"),
                        Definition.of("good", "{\"when\":\"${HOME}\"}")));

        assertThat(joined.leftOut())
                .containsExactlyInAnyOrder(
                        "left out: stream 'yard' of the index: longwatch.yaml:2 has one of that name",
                        "left out: stream 'empty' of the index: 'url' is missing",
                        "left out: rule 'loud' of the index: no channel under 'notify' is called 'opps'; did you mean"
                                + " 'ops'?",
                        "left out: rule 'after' of the index: expected the name of a rule that is no sequence, found"
                                + " 'loud'; expected one of car, person, good",
                        "left out: rule 'odd' of the index: unknown key 'mood'; expected one of when, absent, sequence,"
                                + " within, streams, threshold, min_duration, merge, cooldown, severity, schedule,"
                                + " notify, alert, labels");
        assertThat(joined.config().rules()).extracting(AlertRule::when).contains("${HOME}");
        assertThat(joined.config().streams()).extracting(WatchedStream::name).containsExactly("yard", "gate");
    }

    @Test
    void whatIsToBeKeptIsJudgedAsInTheFile() {
        Definition broken = Definition.of("odd", "{\"when\":\"odd\",\"mood\":\"calm\"}");

        assertThatExceptionOfType(InvalidConfig.class)
                .isThrownBy(() -> CONFIG.checkRule(
                        Definition.of("dog", "{\"when\":\"a dog\",\"streams\":[\"gat\"]}"), List.of(), List.of(broken)))
                .withMessage("rule 'dog': no stream is called 'gat'; did you mean 'gate'?");
        assertThatExceptionOfType(InvalidConfig.class)
                .isThrownBy(() -> CONFIG.checkStream(
                        Definition.of("shed", "{\"url\":\"rtsp://a\",\"retention\":\"long\"}"), List.of(), List.of()))
                .withMessageStartingWith("stream 'shed': expected forever or a length of time");
        CONFIG.checkRule(Definition.of("dog", "{\"when\":\"a dog\",\"streams\":[\"gate\"]}"), List.of(), List.of());
    }

    @Test
    void withoutAFileTheIndexIsAll() {
        Joined joined =
                ConfigFile.none().with(List.of(Definition.of("shed", "{\"url\":\"rtsp://10.0.0.9/a\"}")), List.of());

        assertThat(joined.config().streams()).hasSize(1);
        assertThat(joined.config().prefix()).isEqualTo("longwatch");
    }
}
