// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.client.ElasticsearchAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchPlanTest {

    @Test
    void aFileIsCalledByItsLastPart() {
        assertThat(WatchPlan.named(List.of(Path.of("/a/yard.mp4"), Path.of("/a/gate.mp4"))))
                .containsOnlyKeys("yard.mp4", "gate.mp4");
    }

    @Test
    void filesOfOneNameAreCalledByAsMuchPathAsItTakes() {
        assertThat(WatchPlan.named(List.of(Path.of("/a/x/yard.mp4"), Path.of("/b/x/yard.mp4"), Path.of("/b/gate.mp4"))))
                .containsOnlyKeys("a/x/yard.mp4", "b/x/yard.mp4", "gate.mp4");
    }

    @Test
    void oneFileNamedTwiceIsWatchedOnce() {
        assertThat(WatchPlan.named(List.of(Path.of("/a/yard.mp4"), Path.of("/a/../a/yard.mp4"))))
                .hasSize(1);
    }

    @Test
    void theJobsConfigurationStandsOnOneLine() throws Exception {
        WatchPlan plan = WatchPlan.now(
                List.of(Path.of("/a/ya\"rd\n.mp4")), List.of(AlertRule.of("a \"car\"\nenters")), true, "");

        String json = plan.json(ElasticsearchAddress.of("http://127.0.0.1:9200").withUser("u", "p"), "longwatch");
        JsonNode read = new ObjectMapper().readTree(json);

        assertThat(json).doesNotContain("\n");
        assertThat(read.at("/rules/0/when").asText()).isEqualTo("a \"car\"\nenters");
        assertThat(read.at("/elasticsearch/password").asText()).isEqualTo("p");
    }
}
