// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longwatch.indexer.alert.Alert;
import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.alert.Handling.Verdict;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.indexer.local.TestElasticsearch;
import dev.longwatch.indexer.schema.IndexNames;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What people said on the real Elasticsearch. */
class VerdictsTest {

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
    void beforeAnythingIsKeptNobodyHasSaidAnything() {
        assertThat(new Verdicts(elasticsearch, new IndexNames(SERVER.prefix() + "-nothing")).byRule())
                .isEmpty();
    }

    @Test
    void verdictsAreCountedByRuleThroughAllMonthsWithHowSureTheAlertWas() throws IOException {
        IndexNames names = new IndexNames(SERVER.prefix() + "-verdicts");
        AlertDesk desk = new AlertDesk(elasticsearch, names);
        Verdicts verdicts = new Verdicts(elasticsearch, names);
        Alert november = alert("one", "car", 0.9, 1_793_500_000_000L);
        Alert december = alert("two", "car", 0.6, 1_796_500_000_000L);
        Alert dog = alert("three", "dog", 0.7, 1_793_500_000_000L);
        Alert unsaid = alert("four", "dog", 0.8, 1_793_500_000_000L);
        Alert gone = alert("five", "dog", 0.8, 1_793_500_000_000L);
        Stored.in(elasticsearch, names).alerts(november, december, dog, unsaid).store();

        desk.handle(november, done -> done.judged(Verdict.TRUE_ALARM, "", 1));
        desk.handle(december, done -> done.judged(Verdict.FALSE_ALARM, "a shadow", 2));
        desk.handle(dog, done -> done.judged(Verdict.FALSE_ALARM, "", 3));
        desk.handle(unsaid, done -> done.acknowledged("ada", 4));
        desk.handle(gone, done -> done.judged(Verdict.TRUE_ALARM, "", 5));

        assertThat(verdicts.byRule())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("car", Judged.of(true, 0.9).and(Judged.of(false, 0.6)), "dog", Judged.of(false, 0.7)));

        desk.handle(dog, done -> done.judged(Verdict.OPEN, "", 6));
        assertThat(verdicts.byRule()).containsOnlyKeys("car");
    }

    private static Alert alert(String id, String rule, double confidence, long atMillis) {
        VideoEvent event = new VideoEvent(
                id,
                1,
                "gate",
                "file:/gate.mp4",
                rule,
                rule,
                new TimeSpan(0, 1_000),
                atMillis,
                confidence,
                VideoEvent.State.CLOSED,
                "nano-1",
                2,
                "2 a second");
        return Alert.of(event, AlertRule.Alerting.NONE, Alert.Hold.NOBODY, "", atMillis + 1_000);
    }
}
