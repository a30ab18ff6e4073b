// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowingConfigTest {

    private static final String LEAST = "{\"watchlist\": \"/w.json\", \"root\": \"/rec\"}";

    @Test
    void onlyTheWatchlistAndTheRootMustBeGiven() {
        LiveConfig live = LiveConfig.parse(LEAST);
        RecordConfig record = RecordConfig.parse(LEAST);

        assertThat(live.maxLagMillis()).isEqualTo(60_000);
        assertThat(live.elasticsearch().isThere()).isFalse();
        assertThat(live.model()).isEmpty();
        assertThat(live.boxes()).isFalse();
        assertThat(record.segmentMillis()).isEqualTo(2_000);
        assertThat(record.parallelism()).isEqualTo(1);
        assertThatThrownBy(() -> RecordConfig.parse("{\"watchlist\": \"/w.json\"}"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("root");
    }

    @Test
    void whatIsUnknownOrMakesNoSenseIsRefusedInWords() {
        assertThatThrownBy(() -> LiveConfig.parse(LEAST.replace("}", ", \"videos\": []}")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("videos");
        assertThatThrownBy(() -> LiveConfig.parse(LEAST.replace("}", ", \"maxLagMillis\": 1}")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("maxLagMillis 1");
        assertThatThrownBy(() -> RecordConfig.parse(LEAST.replace("}", ", \"segmentMillis\": 1}")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("segments");
        assertThatThrownBy(() -> RecordConfig.parse("[]")).isInstanceOf(ConfigException.class);
    }

    @Test
    void aJobThatFollowsIsToldFromOneThatEnds() {
        assertThat(LiveConfig.isOne(LEAST)).isTrue();
        assertThat(LiveConfig.isOne("{\"videos\": []}")).isFalse();
        assertThat(LiveConfig.isOne("")).isFalse();
    }

    @Test
    void aWatchlistThatCannotBeReadIsRefusedBeforeAnythingRuns(@TempDir Path folder) throws Exception {
        Path broken = Files.writeString(folder.resolve("w.json"), "{\"channels\": [{\"secret\": \"hunter2\"");

        assertThatThrownBy(() -> Following.readable(folder.resolve("none.json").toString()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("none.json");
        assertThatThrownBy(() -> Following.readable(broken.toString()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("w.json")
                .hasMessageNotContaining("hunter2");
    }
}
