// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longwatch.indexer.alert.Alert;
import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.client.ElasticsearchAddress;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.indexer.local.TestElasticsearch;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.schema.Schema;
import dev.longwatch.indexer.search.AlertDesk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class IndexedSnoozesTest {

    @RegisterExtension
    static final TestElasticsearch SERVER = new TestElasticsearch();

    @Test
    void whatWasSnoozedAtTheDeskIsKnown() {
        IndexNames names = new IndexNames(SERVER.prefix() + "-snoozes");
        long untilMillis = System.currentTimeMillis() + 3_600_000;
        try (Elasticsearch elasticsearch = Elasticsearch.open(SERVER.address())) {
            new Schema(elasticsearch, names, 0).install();
            new AlertDesk(elasticsearch, names).handle(alert(), handling -> handling.snoozed(untilMillis, 1));
        }

        try (Snoozes snoozes = IndexedSnoozes.at(SERVER.address(), names).open()) {
            assertThat(snoozes.covering("yard", "a car", untilMillis - 1)).isPresent();
            assertThat(snoozes.covering("yard", "a car", untilMillis)).isEmpty();
            assertThat(snoozes.covering("gate", "a car", untilMillis - 1)).isEmpty();
        }
    }

    @Test
    void aServerThatIsAwaySnoozesNothingAndHoldsUpNothing() {
        ElasticsearchAddress nobody = ElasticsearchAddress.of("http://127.0.0.1:1");

        try (Snoozes snoozes = IndexedSnoozes.at(nobody, IndexNames.STANDARD).open()) {
            assertThat(snoozes.covering("yard", "a car", 0)).isEmpty();
        }
    }

    private static Alert alert() {
        VideoEvent event = new VideoEvent(
                "one",
                1,
                "yard",
                "/yard.mp4",
                "a car",
                "a car",
                new TimeSpan(0, 1_000),
                0,
                0.9,
                VideoEvent.State.CLOSED,
                "nano-0",
                2,
                "2 a second");
        return Alert.of(event, AlertRule.Alerting.NONE, Alert.Hold.NOBODY, "", 0);
    }
}
