// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.jobs.evidence.EvidenceFolder;
import dev.longwatch.jobs.source.VideoRequest;
import org.junit.jupiter.api.Test;

class WatchConfigTest {

    private static final String GOOD =
            """
            {"run": 7, "videos": [{"stream": "yard", "uri": "/yard.mp4"}],
             "rules": [{"name": "a car", "when": "a car", "threshold": 0.5, "minMillis": 0, "mergeMillis": 1000}],
             "describe": false, "model": "", "framesPerSecond": 2, "clipMillis": 16000, "overlapMillis": 2000,
             "elasticsearch": {"url": "http://127.0.0.1:9200", "user": "elastic", "password": "secret", "apiKey": "",
                               "prefix": "longwatch"},
             "parallelism": 2, "flink": {}}
            """;

    @Test
    void aWholeConfigurationIsRead() {
        WatchConfig config = WatchConfig.parse(GOOD);

        assertThat(config.videos()).containsExactly(new WatchConfig.Video("yard", "/yard.mp4", 0, VideoRequest.END));
        assertThat(config.rules().get(0).when()).isEqualTo("a car");
        assertThat(config.elasticsearch().address().user()).isEqualTo("elastic");
    }

    @Test
    void withoutAnIndexNothingIsKeptAndNoAlertIsRaised() {
        String keepsNothing = GOOD.replace("http://127.0.0.1:9200", "");

        assertThat(WatchConfig.parse(keepsNothing).elasticsearch().isThere()).isFalse();
        assertThat(WatchConfig.parse(keepsNothing).elasticsearch()).hasToString("no index");
        assertThatThrownBy(() -> WatchConfig.parse(keepsNothing.replace(
                        "\"mergeMillis\": 1000",
                        "\"mergeMillis\": 1000, \"alerting\": {\"raised\": true, \"severity\": \"INFO\","
                                + " \"cooldownMillis\": 0, \"channels\": [],"
                                + " \"schedule\": {\"zone\": \"UTC\", \"active\": [], \"quiet\": []}}")))
                .hasMessageContaining("no Elasticsearch is given");
    }

    @Test
    void evidenceNeedsAFolderAndMayHaveAnAddress() {
        assertThat(WatchConfig.parse(GOOD).evidence()).isEqualTo(EvidenceFolder.NONE);
        assertThat(WatchConfig.parse(GOOD.replace(
                                "\"parallelism\"", "\"evidence\": {\"root\": \"/media\"}, \"parallelism\""))
                        .evidence())
                .isEqualTo(new EvidenceFolder("/media", ""));
        assertThatThrownBy(() -> WatchConfig.parse(GOOD.replace(
                        "\"parallelism\"", "\"evidence\": {\"root\": \"/media\", \"url\": \"x\"}, \"parallelism\"")))
                .hasMessageContaining("expected an address of http or https for evidence, found 'x'");
    }

    @Test
    void boxesAreAskedForWhenThatIsSaid() {
        assertThat(WatchConfig.parse(GOOD).boxes()).isFalse();
        assertThat(WatchConfig.parse(GOOD.replace("\"describe\"", "\"boxes\": true, \"describe\""))
                        .boxes())
                .isTrue();
    }

    @Test
    void thePasswordIsNeverShown() {
        assertThat(WatchConfig.parse(GOOD).toString()).doesNotContain("secret");
    }

    @Test
    void anUnknownKeyIsRefusedByItsName() {
        assertThatThrownBy(() -> WatchConfig.parse(GOOD.replace("\"describe\"", "\"descrybe\": true, \"describe\"")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("descrybe");
    }

    @Test
    void aMissingKeyIsRefusedByItsName() {
        assertThatThrownBy(() -> WatchConfig.parse(GOOD.replace("\"model\": \"\",", "")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("model");
    }

    @Test
    void nothingToWatchAndNothingToAskAreRefused() {
        assertThatThrownBy(() -> WatchConfig.parse(GOOD.replaceFirst("\\[\\{\"stream\".*?\\]", "[]")))
                .hasMessage("nothing to watch: expected at least one video");
        assertThatThrownBy(() -> WatchConfig.parse(GOOD.replaceFirst("\\[\\{\"name\".*?\\]", "[]")))
                .hasMessage("nothing to ask: expected at least one rule, or describe");
    }

    @Test
    void whatIsNoJsonIsRefused() {
        assertThatThrownBy(() -> WatchConfig.parse("not json")).isInstanceOf(ConfigException.class);
        assertThatThrownBy(() -> WatchConfig.parse("")).isInstanceOf(ConfigException.class);
    }

    @Test
    void whatARuleSaysBesidesItsConditionMayBeLeftOut() {
        String bare = GOOD.replace(", \"threshold\": 0.5, \"minMillis\": 0, \"mergeMillis\": 1000", "");

        assertThat(bare).isNotEqualTo(GOOD);
        assertThat(WatchConfig.parse(bare).rules()).containsExactly(AlertRule.of("a car"));
    }

    @Test
    void aRuleForAChannelThatIsNotThereIsRefused() {
        String told = GOOD.replace(
                "\"mergeMillis\": 1000",
                "\"alerting\": {\"raised\": true, \"severity\": \"INFO\", \"cooldownMillis\": 0,"
                        + " \"schedule\": {\"zone\": \"UTC\", \"active\": [], \"quiet\": []}, \"channels\": [\"ops\"]}");
        String channel = "{\"name\": \"ops\", \"kind\": \"SLACK\", \"url\": \"https://example.com/verySecret\","
                + " \"secret\": \"\", \"user\": \"\", \"password\": \"\", \"from\": \"\", \"to\": [], \"topic\": \"\","
                + " \"closings\": false}";

        assertThatThrownBy(() -> WatchConfig.parse(told))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("rule 'a car' is for channels [ops]");
        WatchConfig config =
                WatchConfig.parse(told.replace("\"parallelism\"", "\"channels\": [" + channel + "], \"parallelism\""));
        assertThat(config.channels()).hasSize(1);
        assertThat(config.toString()).doesNotContain("verySecret");
    }
}
