// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import static org.assertj.core.api.Assertions.assertThat;

import co.elastic.clients.elasticsearch._types.Refresh;
import dev.longwatch.indexer.alert.Alert;
import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.alert.Handling;
import dev.longwatch.indexer.alert.Handling.Verdict;
import dev.longwatch.indexer.alert.Snooze;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.indexer.local.TestElasticsearch;
import dev.longwatch.indexer.schema.AlertDocument;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.schema.Schema;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AlertDeskTest {

    @RegisterExtension
    static final TestElasticsearch SERVER = new TestElasticsearch();

    private static Elasticsearch elasticsearch;

    @BeforeAll
    static void open() {
        elasticsearch = Elasticsearch.open(SERVER.address());
    }

    @AfterAll
    static void close() {
        elasticsearch.close();
    }

    @Test
    void nobodyHasDoneAnythingAboutANewAlert() {
        assertThat(desk("new").handling(alert("one", "gate"))).isEqualTo(Handling.none(alert("one", "gate")));
        assertThat(desk("new").alert("one")).isEmpty();
        assertThat(desk("new").snoozes(0)).isEmpty();
    }

    @Test
    void whatPeopleDoAddsUp() {
        AlertDesk desk = desk("adds");
        Alert alert = alert("one", "gate");

        desk.handle(alert, handling -> handling.acknowledged("ada", 1_000));
        desk.handle(alert, handling -> handling.assigned("grace", 2_000));
        desk.handle(alert, handling -> handling.judged(Verdict.FALSE_ALARM, "a shadow", 3_000));

        assertThat(desk.handling(alert))
                .isEqualTo(new Handling(
                        "one", "gate", "a car", 3_000, "ada", "grace", 0, Verdict.FALSE_ALARM, "a shadow"));
    }

    @Test
    void whoIsSecondAtTheSameMomentOverwritesNothing() {
        AlertDesk desk = desk("both");
        Alert alert = alert("one", "gate");
        boolean[] overtaken = new boolean[1];

        desk.handle(alert, handling -> {
            if (!overtaken[0]) {
                overtaken[0] = true;
                desk.handle(alert, other -> other.acknowledged("ada", 1_000));
            }
            return handling.assigned("grace", 2_000);
        });

        assertThat(desk.handling(alert).acknowledgedBy()).isEqualTo("ada");
        assertThat(desk.handling(alert).assignedTo()).isEqualTo("grace");
    }

    @Test
    void onlySnoozesThatLastAreTold() {
        AlertDesk desk = desk("snooze");
        desk.handle(alert("one", "gate"), handling -> handling.snoozed(10_000, 1));
        desk.handle(alert("two", "yard"), handling -> handling.snoozed(20_000, 1));

        assertThat(desk.snoozes(10_000)).containsExactly(new Snooze("yard", "a car", 20_000));
    }

    @Test
    void alertsAreCountedByWhenTheyWereRaised() throws Exception {
        AlertDesk desk = desk("raised");
        assertThat(desk.raised(0, 10_000)).isZero();
        Alert alert = alert("one", "gate");
        IndexNames names = new IndexNames(SERVER.prefix() + "-raised");
        elasticsearch.client().index(index -> index.index(names.ofAlert(alert))
                .id(alert.id())
                .document(AlertDocument.of(alert))
                .refresh(Refresh.True));

        assertThat(desk.raised(5_000, 5_001)).isEqualTo(1);
        assertThat(desk.raised(4_000, 5_000)).isZero();
    }

    private static AlertDesk desk(String test) {
        IndexNames names = new IndexNames(SERVER.prefix() + "-" + test);
        new Schema(elasticsearch, names, 0).install();
        return new AlertDesk(elasticsearch, names);
    }

    private static Alert alert(String id, String stream) {
        VideoEvent event = new VideoEvent(
                id,
                1,
                stream,
                "file:/gate.mp4",
                "a car",
                "a car",
                new TimeSpan(1_000, 2_000),
                0,
                0.5,
                VideoEvent.State.CLOSED,
                "nano-1",
                2,
                "2 a second");
        return Alert.of(event, AlertRule.Alerting.NONE, Alert.Hold.NOBODY, "", 5_000);
    }
}
