// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.alert.AlertRule.Kind;
import dev.longwatch.indexer.alert.AlertRule.Step;
import dev.longwatch.indexer.alert.Channel;
import dev.longwatch.indexer.alert.Schedule;
import dev.longwatch.indexer.alert.Schedule.Hours;
import dev.longwatch.indexer.alert.Severity;
import dev.longwatch.indexer.watchlist.Sampling;
import dev.longwatch.indexer.watchlist.WatchedStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LongwatchConfigTest {

    private static final Map<String, String> ENVIRONMENT = Map.of(
            "CAMERA_PASSWORD", "cameraSecret",
            "HOOK_SECRET", "hookSecret",
            "SLACK_URL", "https://hooks.example.com/services/slackSecret",
            "SMTP_PASSWORD", "smtpSecret",
            "ES_PASSWORD", "indexSecret",
            "API_TOKEN", "tokenSecret-0123456789");

    private static final String WHOLE =
            """
            streams:
              yard:
                url: rtsp://viewer:${CAMERA_PASSWORD}@10.0.0.7/main
                sampling: {frames_per_second: 1}
                retention: 7d
                rules: [car]
              office-1: rtsp://10.0.0.8/main
              office-2:
                url: videos/office.mp4
                retention: forever
            rules:
              car:
                when: a car at the gate
                streams: [yard, office-*]
                threshold: 0.7
                min_duration: 2s
                merge: 1.5 s
                cooldown: 10 min
                severity: critical
                schedule:
                  zone: Europe/Berlin
                  active: mon-fri 08:00-18:00
                  quiet: [12:00-13:00]
                notify: [ops, duty]
              empty desk:
                absent: a person at the desk
                streams: office-*
                min_duration: 10 min
                notify: ops
              person: a person
              left alone:
                sequence:
                  - person
                  - {rule: empty desk, streams: [office-1]}
                within: 30s
                alert: false
            model: embedded
            sampling:
              frames_per_second: 2
              clip: 16s
              overlap: 2s
            elasticsearch:
              url: http://127.0.0.1:9200
              user: elastic
              password: ${ES_PASSWORD}
              prefix: site-a
            retention: 30 days
            notify:
              ops:
                webhook: https://example.com/in
                secret: ${HOOK_SECRET}
              chat: {slack: "${SLACK_URL}"}
              duty:
                mail: smtp://mail.example.com:587
                user: me
                password: ${SMTP_PASSWORD}
                from: longwatch@example.com
                to: [ada@example.com, grace@example.com]
              bus: {mqtt: mqtt://127.0.0.1, topic: longwatch/alerts}
            auth:
              token: ${API_TOKEN}
            """;

    @TempDir
    private Path folder;

    @Test
    void streamsTakeWhatHoldsForAllUnlessTheySayOtherwise() {
        LongwatchConfig config = read(WHOLE);
        Sampling usual = new Sampling(2, false, 16_000, 2_000);

        assertThat(config.streams())
                .containsExactly(
                        new WatchedStream(
                                "yard",
                                "rtsp://viewer:cameraSecret@10.0.0.7/main",
                                new Sampling(1, false, 16_000, 2_000),
                                Duration.ofDays(7).toMillis(),
                                List.of()),
                        new WatchedStream(
                                "office-1",
                                "rtsp://10.0.0.8/main",
                                usual,
                                Duration.ofDays(30).toMillis(),
                                List.of()),
                        new WatchedStream(
                                "office-2",
                                folder.resolve("videos/office.mp4").toString(),
                                usual,
                                WatchedStream.FOREVER,
                                List.of()));
        assertThat(config.streamPlaces()).containsEntry("office-1", "longwatch.yaml:7");
        assertThat(config.rulePlaces()).containsEntry("car", "longwatch.yaml:12");
        assertThat(config.prefix()).isEqualTo("site-a");
        assertThat(config.model()).isEmpty();
        assertThat(config.token()).isEqualTo("tokenSecret-0123456789");
    }

    @Test
    void boxesAreAskedOfACheckpointFromTheNextStartOn() throws IOException {
        Files.createDirectory(folder.resolve("checkpoint"));
        LongwatchConfig without = read("model: checkpoint\n");
        LongwatchConfig with = read("model: checkpoint\nboxes: true\n");

        assertThat(without.boxes()).isFalse();
        assertThat(with.boxes()).isTrue();
        assertThat(with.startsLike(without)).isFalse();
    }

    @Test
    void rulesAndStreamsHaveLabels() {
        LongwatchConfig config = read(
                """
                streams:
                  gate:
                    url: rtsp://10.0.0.9/main
                    labels: [entrance, site-a, entrance]
                    rules:
                      car: {labels: deliveries}
                      dog:
                rules:
                  car: {when: a car, labels: [theft]}
                  dog: {when: a dog, labels: [입구, theft]}
                """);

        assertThat(config.streams()).extracting(WatchedStream::labels).containsExactly(List.of("entrance", "site-a"));
        assertThat(config.rules())
                .extracting(AlertRule::labels)
                .containsExactly(List.of("theft"), List.of("입구", "theft"));
        assertThat(config.watchlist(1).rulesFor(config.streams().get(0)))
                .extracting(AlertRule::labels)
                .containsExactly(
                        List.of("deliveries", "entrance", "site-a"), List.of("입구", "theft", "entrance", "site-a"));
    }

    @Test
    void rulesSayWhenWhereAndWhomTheyConcern() {
        List<AlertRule> rules = read(WHOLE).rules();

        assertThat(rules).extracting(AlertRule::name).containsExactly("car", "empty desk", "person", "left alone");
        assertThat(rules.get(0))
                .isEqualTo(new AlertRule(
                        "car",
                        Kind.SEEN,
                        "a car at the gate",
                        List.of(),
                        0,
                        List.of("yard", "office-*"),
                        0.7,
                        2_000,
                        1_500,
                        new AlertRule.Alerting(
                                true,
                                Severity.CRITICAL,
                                600_000,
                                new Schedule(
                                        "Europe/Berlin",
                                        List.of(new Hours(
                                                List.of(
                                                        DayOfWeek.MONDAY,
                                                        DayOfWeek.TUESDAY,
                                                        DayOfWeek.WEDNESDAY,
                                                        DayOfWeek.THURSDAY,
                                                        DayOfWeek.FRIDAY),
                                                480,
                                                1_080)),
                                        List.of(new Hours(List.of(), 720, 780))),
                                List.of("ops", "duty"))));
        assertThat(rules.get(1).kind()).isEqualTo(Kind.ABSENT);
        assertThat(rules.get(1).minMillis()).isEqualTo(600_000);
        assertThat(rules.get(3).steps())
                .containsExactly(new Step("person", List.of()), new Step("empty desk", List.of("office-1")));
        assertThat(rules.get(3).alerting().raised()).isFalse();
    }

    @Test
    void aStreamThatChoosesAmongRulesGetsNoOther() {
        List<AlertRule> rules = read(WHOLE).rules();

        assertThat(rules.get(0).holdsFor("yard")).isTrue();
        assertThat(rules.get(2).holdsFor("yard")).isFalse();
        assertThat(rules.get(2).holdsFor("office-1")).isTrue();
    }

    @Test
    void channelsKnowTheirSecretsAndNothingShowsThem() {
        LongwatchConfig config = read(WHOLE);

        assertThat(config.channels())
                .containsExactly(
                        Channel.webhook("ops", "https://example.com/in", "hookSecret"),
                        Channel.slack("chat", "https://hooks.example.com/services/slackSecret"),
                        Channel.mail(
                                "duty",
                                "smtp://mail.example.com:587",
                                "me",
                                "smtpSecret",
                                "longwatch@example.com",
                                List.of("ada@example.com", "grace@example.com")),
                        Channel.mqtt("bus", "mqtt://127.0.0.1", "", "", "longwatch/alerts"));
        assertThat(config + " " + config.streams() + config.channels() + config.elasticsearch())
                .doesNotContain("Secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "threshold: 0.7 | treshold: 0.7 | 15: unknown key 'treshold'; did you mean 'threshold'?",
                "threshold: 0.7 | lables: theft | 15: unknown key 'lables'; did you mean 'labels'?",
                "threshold: 0.7 | labels: [theft, two words] | 15: expected a label of up to 40 letters, digits, hyphens"
                        + " and underscores that begins with one of the first two, found 'two words'",
                "threshold: 0.7 | labels: [a, b, c, d, e, f, g, h, i, j, k] | 15: expected at most 10 labels, found 11",
                "retention: 7d | labels: 'a:b' | 5: expected a label of up to 40 letters, digits, hyphens and underscores"
                        + " that begins with one of the first two, found 'a:b'",
                "threshold: 0.7 | threshold: 70 | 15: expected a number from 0 to 1, found '70'",
                "threshold: 0.7 | threshold: high | 15: expected a number from 0 to 1, found 'high'",
                "merge: 1.5 s | merge: 5 parsecs | 17: expected a length of time such as 10s, 5 min, 2h, 30d or PT10S,"
                        + " found '5 parsecs'",
                "severity: critical | severity: critcal | 19: expected one of info, warning, critical, found 'critcal';"
                        + " did you mean 'critical'?",
                "zone: Europe/Berlin | zone: Europe/Berlni | 21: expected a time zone such as Europe/Berlin or UTC, found"
                        + " 'Europe/Berlni'; did you mean 'Europe/Berlin'?",
                "mon-fri 08:00-18:00 | mon-fir 08:00-18:00 | 22: expected hours such as 22:00-06:00, mon-fri 08:00-18:00"
                        + " or sat,sun 00:00-24:00, found 'mon-fir 08:00-18:00'",
                "notify: [ops, duty] | notify: [ops, dutty] | 24: no channel under 'notify' is called 'dutty'; did you"
                        + " mean 'duty'?",
                "streams: office-* | streams: offcie-1 | 27: no stream is called 'offcie-1'; did you mean 'office-1'?",
                "absent: a person at the desk | absnt: x | 26: unknown key 'absnt'; did you mean 'absent'?",
                "- person | - persons | 33: expected the name of a rule that is no sequence, found 'persons'; did you"
                        + " mean 'person'?",
                "within: 30s | | 31: 'within' is missing",
                "model: embedded | boxes: true | 37: the embedded model gives no boxes: expected them of a checkpoint"
                        + " as 'model'",
                "model: embedded | model: nowhere | 37: expected embedded or the directory of a checkpoint, found"
                        + " 'nowhere'",
                "overlap: 2s | overlap: 16s | 41: expected an overlap shorter than the clip, found 16000 ms of 16000 ms",
                "clip: 16s | clip: 2.1s | 38: expected clips that begin 500 ms and a picture apart, found 100 ms at 2.0"
                        + " pictures a second",
                "retention: 30 days | retention: long | 47: expected forever or a length of time such as 10s, 5 min, 2h,"
                        + " 30d or PT10S, found 'long'",
                "rules: [car] | rules: [cra] | 6: no rule is called 'cra'; did you mean 'car'?",
                "alert: false | alert: no | 36: expected true or false, found 'no'",
                "topic: longwatch/alerts | topik: x | 59: unknown key 'topik'; did you mean 'topic'?",
            })
    void whatCannotBeUsedIsRefusedWithItsLine(String good, String bad, String complaint) {
        String text = WHOLE.replace(good, bad == null ? "" : bad);
        assertThat(text).isNotEqualTo(WHOLE);

        assertThatExceptionOfType(InvalidConfig.class)
                .isThrownBy(() -> read(text))
                .withMessage("longwatch.yaml:" + complaint);
    }

    @Test
    void aVariableThatIsNotSetIsNamed() {
        assertThatExceptionOfType(InvalidConfig.class)
                .isThrownBy(() -> read(WHOLE.replace("${HOOK_SECRET}", "${HOOK_SECRTE}")))
                .withMessage("longwatch.yaml:51: the environment variable HOOK_SECRTE is not set");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "webhook: ${SLACK_URL} extra",
                "slack: ftp://example.com/${HOOK_SECRET}",
                "mqtt: mqtt://me:${HOOK_SECRET}@broker",
                "closings: ${HOOK_SECRET}",
                "to: {a: ${HOOK_SECRET}}"
            })
    void aComplaintNeverShowsWhatAVariableHolds(String bad) {
        String text = "streams: {yard: a.mp4}\nnotify:\n  ops:\n    " + bad
                + (bad.matches("(closings|to).*") ? "\n    slack: https://example.com/x" : "") + "\n";

        assertThatExceptionOfType(InvalidConfig.class)
                .isThrownBy(() -> read(text))
                .satisfies(refusal -> assertThat(refusal)
                        .hasMessageStartingWith("longwatch.yaml:")
                        .hasMessageNotContaining("Secret"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'streams: [yard]' | 1: expected keys with values, found a list",
                "'- yard' | 1: expected keys with values, found a list",
                "'streams: {yard: {}}' | 1: 'url' is missing",
                "'strems: {}' | 1: unknown key 'strems'; did you mean 'streams'?",
                "'streams: {yard: a, yard: b}' | 1: 'yard' is there twice",
                "'auth: {token: short}' | 1: expected a token of 16 characters or more, found 5",
            })
    void aFileThatCannotBeMeantSaysWhatIsWrong(String text, String complaint) {
        assertThatExceptionOfType(InvalidConfig.class)
                .isThrownBy(() -> read(text))
                .withMessage("longwatch.yaml:" + complaint);
    }

    @Test
    void whatIsNoYamlIsRefusedWithItsLine() {
        assertThatExceptionOfType(InvalidConfig.class)
                .isThrownBy(() -> read("streams:\n  yard: [a\nrules: x\n"))
                .withMessageStartingWith("longwatch.yaml:3: not YAML: ");
        assertThatExceptionOfType(InvalidConfig.class)
                .isThrownBy(() -> read("streams: {yard: a}\nrules: \u0007\n"))
                .withMessageStartingWith("longwatch.yaml");
    }

    @Test
    void theFileInTheManualIsGood() throws Exception {
        String manual = Files.readString(Path.of(System.getProperty("longwatch.root"), "docs", "configuration.md"));
        int start = manual.indexOf("```yaml\n") + "```yaml\n".length();
        Yaml yaml = Yaml.parse(
                "manual",
                manual.substring(start, manual.indexOf("\n```", start)),
                name -> name.endsWith("URL") ? "https://example.com/x" : "long enough for a token");

        LongwatchConfig config = new ConfigReader(folder).read(yaml, Map.of(), Map.of());

        assertThat(config.rules()).hasSize(4);
        assertThat(config.channels()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "streams:", "streams: {}", "rules: {car: a car}"})
    void aFileNeedNotNameAStream(String text) {
        assertThat(read(text).streams()).isEmpty();
    }

    @Test
    void theShortestFileIsOneStream() {
        LongwatchConfig config = read("streams: {yard: a.mp4}");

        assertThat(config.rules()).isEmpty();
        assertThat(config.elasticsearch()).isNull();
        assertThat(config.streams().get(0).sampling()).isEqualTo(Sampling.LIVE);
    }

    @Test
    void aFileThatIsNotThereOrNotTextIsSaidSo() throws Exception {
        Path missing = folder.resolve("longwatch.yaml");
        assertThatExceptionOfType(InvalidConfig.class)
                .isThrownBy(() -> ConfigFile.read(missing))
                .withMessage(missing + ": there is no such file");
        Path latin = Files.write(
                folder.resolve("latin.yaml"), "streams: {h\u00f6f: a}".getBytes(StandardCharsets.ISO_8859_1));
        assertThatExceptionOfType(InvalidConfig.class)
                .isThrownBy(() -> ConfigFile.read(latin))
                .withMessage(latin + ": expected text in UTF-8");
        Path good = Files.writeString(folder.resolve("good.yaml"), "streams: {yard: a.mp4}");
        assertThat(ConfigFile.read(good).alone().streams()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "10s,10000",
        "5 min,300000",
        "2h,7200000",
        "1h30m,5400000",
        "1.5 h,5400000",
        "250 ms,250",
        "30d,2592000000",
        "PT10S,10000",
        "0,0",
        "1 Hour 5 seconds,3605000"
    })
    void timeIsWrittenInManyWays(String text, long millis) {
        assertThat(Durations.parse(text)).hasValue(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "", "s", "-5s", "PT-5S", "5 s!", "five minutes", "1h x"})
    void whatIsNoTimeIsNone(String text) {
        assertThat(Durations.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"25:00-26:00", "08:60-09:00", "8-9", "24:00-06:00", "moo 08:00-09:00", "mon- 08:00-09:00"})
    void whatAreNoHoursAreNone(String text) {
        assertThat(WeeklyHours.parse(text)).isEmpty();
    }

    @Test
    void hoursMayGoOverTheEndOfTheWeekAndOfTheDay() {
        assertThat(WeeklyHours.parse("sun-mon,wed 22:00-24:00"))
                .hasValue(new Hours(List.of(DayOfWeek.SUNDAY, DayOfWeek.MONDAY, DayOfWeek.WEDNESDAY), 1_320, 1_440));
    }

    private LongwatchConfig read(String text) {
        return new ConfigReader(folder).read(Yaml.parse("longwatch.yaml", text, ENVIRONMENT::get), Map.of(), Map.of());
    }
}
