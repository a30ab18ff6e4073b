// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.longwatch.indexer.alert.Alert;
import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.indexer.local.TestElasticsearch;
import dev.longwatch.indexer.schema.IndexNames;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeLogTest {

    @RegisterExtension
    static final TestElasticsearch SERVER = new TestElasticsearch();

    private static final long NOON = Instant.parse("2026-11-30T12:00:00Z").toEpochMilli();
    private static final long NEXT_MONTH = 20L * 24 * 3_600 * 1_000;

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
    void whatIsWrittenIsToldOnceAndAgainWhenItChanges() throws IOException {
        IndexNames names = names("once");
        ChangeLog log = new ChangeLog(elasticsearch, names);
        ChangePosition before = log.end();
        Stored.in(elasticsearch, names)
                .events(event("one", 1, 0), event("two", 1, NEXT_MONTH))
                .alerts(alert("one", 1))
                .store();

        ChangePosition then = log.end();
        assertThat(told(log, before, then)).containsExactlyInAnyOrder("event one 1", "event two 1", "alert one 1");
        assertThat(told(log, then, log.end())).isEmpty();

        Stored.in(elasticsearch, names).events(event("one", 2, 0)).store();
        assertThat(told(log, then, log.end())).containsExactly("event one 2");
        assertThat(told(log, before, log.end())).containsExactlyInAnyOrder("event one 2", "event two 1", "alert one 1");
    }

    @Test
    void aReaderGoesOnFromTheWordItWasGiven() throws IOException {
        IndexNames names = names("word");
        ChangeLog log = new ChangeLog(elasticsearch, names);
        Stored stored = Stored.in(elasticsearch, names);
        for (int i = 0; i < 25; i++) {
            stored.events(event("e" + i, 1, i % 2 == 0 ? 0 : NEXT_MONTH));
        }
        stored.store();

        List<String> told = new ArrayList<>();
        ChangePosition end = log.end();
        String word = ChangePosition.START.toString();
        for (int page = 0; page < 4; page++) {
            ChangeLog.Changes changes = log.between(ChangePosition.parse(word), end, EventFilter.ALL, 7);
            changes.changes().forEach(change -> told.add(words(change)));
            word = changes.reached().toString();
        }
        assertThat(told).hasSize(25).doesNotHaveDuplicates();
        assertThat(ChangePosition.parse(word)).isEqualTo(end);
    }

    @Test
    void onlyWhatIsMeantIsToldAndTheRestIsPassedOver() throws IOException {
        IndexNames names = names("filter");
        ChangeLog log = new ChangeLog(elasticsearch, names);
        Stored.in(elasticsearch, names).events(event("one", 1, 0)).store();

        ChangeLog.Changes changes =
                log.between(ChangePosition.START, log.end(), EventFilter.ALL.inStreams("elsewhere"), 10);
        assertThat(changes.changes()).isEmpty();
        assertThat(changes.reached()).isEqualTo(log.end());
    }

    @Test
    void anIndexThatWasMadeAnewIsReadFromItsBeginning() throws IOException {
        IndexNames names = names("anew");
        ChangeLog log = new ChangeLog(elasticsearch, names);
        for (int version = 1; version < 5; version++) {
            Stored.in(elasticsearch, names).events(event("old", version, 0)).store();
        }
        ChangePosition before = log.end();
        elasticsearch.client().indices().delete(delete -> delete.index(names.ofEvent(event("old", 1, 0))));
        Stored.in(elasticsearch, names).events(event("new", 1, 0)).store();

        assertThat(told(log, before, log.end())).containsExactly("event new 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "events-2026.11", "events-2026.11:x", "events-2026.11:-1", "../../etc:1", "1,2"})
    void wordsThatNobodyHasGivenOutAreRefused(String word) {
        assertThatExceptionOfType(IndexException.class).isThrownBy(() -> ChangePosition.parse(word));
    }

    private static List<String> told(ChangeLog log, ChangePosition from, ChangePosition to) {
        return log.between(from, to, EventFilter.ALL, 100).changes().stream()
                .map(ChangeLogTest::words)
                .toList();
    }

    private static String words(Change change) {
        if (change instanceof Change.OfEvent event) {
            return "event " + event.event().id() + " " + event.event().version();
        }
        Alert alert = ((Change.OfAlert) change).alert();
        return "alert " + alert.id() + " " + alert.version();
    }

    private static IndexNames names(String test) {
        return new IndexNames(SERVER.prefix() + "-" + test);
    }

    private static VideoEvent event(String id, long version, long millis) {
        return new VideoEvent(
                id,
                version,
                "gate",
                "file:/gate.mp4",
                "a car",
                "a car stops",
                new TimeSpan(millis, millis + 1_000),
                NOON,
                0.5,
                VideoEvent.State.OPEN,
                "nano-1",
                2,
                "2 a second");
    }

    private static Alert alert(String id, long version) {
        return Alert.of(event(id, version, 0), AlertRule.Alerting.NONE, Alert.Hold.NOBODY, "", NOON);
    }
}
