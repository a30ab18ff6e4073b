// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import co.elastic.clients.elasticsearch._types.Refresh;
import dev.longwatch.indexer.alert.Alert;
import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.alert.Evidence;
import dev.longwatch.indexer.alert.Handling;
import dev.longwatch.indexer.alert.Handling.Verdict;
import dev.longwatch.indexer.alert.Schedule;
import dev.longwatch.indexer.alert.Severity;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.indexer.local.TestElasticsearch;
import dev.longwatch.indexer.schema.AlertDocument;
import dev.longwatch.indexer.schema.EvidenceDocument;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.schema.Schema;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AlertSearchTest {

    /** The last minute of a month: what follows lies in another index. */
    private static final long T = Instant.parse("2026-10-31T23:59:00Z").toEpochMilli();

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
    void whereNoAlertEverWasNoneIsFound() {
        AlertSearch search = new AlertSearch(elasticsearch, names("none"));

        assertThat(search.list(AlertFilter.ALL.acknowledged(true), 10, "")).isEqualTo(new AlertPage(List.of(), 0, ""));
        assertThat(search.list(AlertFilter.ALL.acknowledged(false), 10, "").alerts())
                .isEmpty();
        assertThat(search.withId("ab", 5)).isEmpty();
    }

    @Test
    void pagesAreNewestFirstOverMonthsAndStayWhatTheyWereWhenMoreIsRaised() throws IOException {
        IndexNames names = names("pages");
        AlertSearch search = new AlertSearch(elasticsearch, names);
        for (int i = 0; i < 7; i++) {
            // two each begin at the same time
            keep(names, alert("id" + i, "yard", T + i / 2 * 40_000));
        }

        AlertPage first = search.list(AlertFilter.ALL, 3, "");
        keep(names, alert("new", "yard", T + 900_000));
        AlertPage second = search.list(AlertFilter.ALL, 3, first.next());
        AlertPage third = search.list(AlertFilter.ALL, 3, second.next());

        assertThat(ids(first)).containsExactly("id6", "id4", "id5");
        assertThat(first.total()).isEqualTo(7);
        assertThat(ids(second)).containsExactly("id2", "id3", "id0");
        assertThat(ids(third)).containsExactly("id1");
        assertThat(third.next()).isEmpty();
        assertThat(search.list(AlertFilter.ALL, 8, "").next()).isEmpty();
    }

    @Test
    void everyPartOfAFilterNarrows() throws IOException {
        IndexNames names = names("filters");
        AlertSearch search = new AlertSearch(elasticsearch, names);
        keep(names, alert("open", "yard", T, VideoEvent.State.OPEN, Severity.CRITICAL, Alert.Hold.NONE, "a red car"));
        keep(
                names,
                alert("held", "gate", T + 60_000, VideoEvent.State.CLOSED, Severity.INFO, Alert.Hold.SNOOZE, "dog"));

        assertThat(ids(search, AlertFilter.ALL.inStreams(List.of("gate", "roof"))))
                .containsExactly("held");
        assertThat(ids(search, AlertFilter.ALL.ofRules(List.of("nobody")))).isEmpty();
        assertThat(ids(search, AlertFilter.ALL.ofSeverities(List.of(Severity.CRITICAL, Severity.WARNING))))
                .containsExactly("open");
        assertThat(ids(search, AlertFilter.ALL.inStates(List.of(Alert.State.CLOSED))))
                .containsExactly("held");
        assertThat(ids(search, AlertFilter.ALL.heldFor(List.of(Alert.Hold.SNOOZE))))
                .containsExactly("held");
        assertThat(ids(search, AlertFilter.ALL.between(Instant.ofEpochMilli(T + 5_000), null)))
                .containsExactly("held");
        assertThat(ids(search, AlertFilter.ALL.between(null, Instant.ofEpochMilli(T + 5_000))))
                .containsExactly("open");
        assertThat(ids(search, AlertFilter.ALL.withText("red cars"))).containsExactly("open");
        assertThat(ids(search, AlertFilter.ALL.withText("intruder")))
                .as("the rule's name")
                .containsExactly("held", "open");
    }

    @Test
    void anAlertHasTheLabelsOfItsEvent() throws IOException {
        IndexNames names = names("labels");
        AlertSearch search = new AlertSearch(elasticsearch, names);
        VideoEvent event = new VideoEvent(
                "theft",
                1,
                "yard",
                "file:/yard.mp4",
                "an intruder",
                "a car",
                new TimeSpan(1_000, 2_000),
                T,
                0.5,
                VideoEvent.State.CLOSED,
                "nano-1",
                2,
                "2 a second",
                List.of("theft"));
        keep(names, Alert.of(event, AlertRule.Alerting.NONE, Alert.Hold.NOBODY, "", T));
        keep(names, alert("plain", "yard", T));

        assertThat(ids(search, AlertFilter.ALL.labelled(List.of("theft")))).containsExactly("theft");
        assertThat(search.list(AlertFilter.ALL.labelled(List.of("theft")), 1, "")
                        .alerts())
                .extracting(found -> found.alert().labels())
                .containsExactly(List.of("theft"));
    }

    @Test
    void whatPeopleDidNarrowsAndComesAlong() throws IOException {
        IndexNames names = names("people");
        AlertDesk desk = new AlertDesk(elasticsearch, names);
        AlertSearch search = new AlertSearch(elasticsearch, names);
        for (String id : List.of("untouched", "seen", "judged", "returned")) {
            keep(names, alert(id, "yard", T));
        }
        desk.handle(
                alert("seen", "yard", T), done -> done.acknowledged("ada", 1).assigned("grace", 2));
        desk.handle(alert("judged", "yard", T), done -> done.judged(Verdict.FALSE_ALARM, "a shadow", 3));
        desk.handle(alert("returned", "yard", T), done -> done.acknowledged("ada", 1)
                .acknowledged("", 2));

        assertThat(ids(search, AlertFilter.ALL.acknowledged(true))).containsExactly("seen");
        assertThat(ids(search, AlertFilter.ALL.acknowledged(false))).containsExactly("judged", "returned", "untouched");
        assertThat(ids(search, AlertFilter.ALL.assignedTo("grace"))).containsExactly("seen");
        assertThat(ids(search, AlertFilter.ALL.assignedTo("").acknowledged(false)))
                .containsExactly("judged", "returned", "untouched");
        assertThat(ids(search, AlertFilter.ALL.judged(List.of(Verdict.FALSE_ALARM))))
                .containsExactly("judged");
        assertThat(ids(search, AlertFilter.ALL.judged(List.of(Verdict.OPEN))))
                .containsExactly("returned", "seen", "untouched");
        assertThat(ids(search, AlertFilter.ALL.judged(List.of(Verdict.OPEN, Verdict.FALSE_ALARM))))
                .hasSize(4);
        assertThat(search.list(AlertFilter.ALL.acknowledged(true), 1, "").alerts())
                .singleElement()
                .satisfies(found -> assertThat(found.handling().assignedTo()).isEqualTo("grace"));
    }

    @Test
    void evidenceComesAlongAndIdsMayBeShortened() throws IOException {
        IndexNames names = names("ids");
        AlertSearch search = new AlertSearch(elasticsearch, names);
        Alert alert = alert("abc1", "yard", T);
        keep(names, alert);
        keep(names, alert("abd2", "yard", T + 1));
        keep(names, alert("ab", "yard", T + 2));
        Evidence evidence =
                Evidence.none(alert).withThumbnail().withClip(3_000, 9_000).without("half of it is gone");
        elasticsearch.client().index(index -> index.index(names.ofEvidence(evidence))
                .id(evidence.alert())
                .document(EvidenceDocument.of(evidence))
                .refresh(Refresh.True));

        assertThat(search.withId("abc", 5))
                .singleElement()
                .isEqualTo(new HandledAlert(alert, Handling.none(alert), evidence));
        assertThat(search.withId("a", 5))
                .extracting(found -> found.alert().id())
                .containsExactly("ab", "abd2", "abc1");
        assertThat(search.withId("ab", 5)).as("the very id").singleElement();
        assertThat(evidence.thumbnail()).isEqualTo("evidence/ab/abc1.jpg");
        assertThat(evidence.clip()).isEqualTo("evidence/ab/abc1.mp4");
    }

    @Test
    void nonsenseIsRefused() {
        AlertSearch search = new AlertSearch(elasticsearch, names("nonsense"));

        assertThatExceptionOfType(IndexException.class)
                .isThrownBy(() -> search.list(AlertFilter.ALL, 0, ""))
                .withMessage("expected a limit from 1 to 1000, found 0");
        assertThatExceptionOfType(IndexException.class)
                .isThrownBy(() -> search.list(AlertFilter.ALL, 5, "page 2"))
                .withMessage("expected the cursor of a page before, found 'page 2'");
    }

    private static IndexNames names(String test) {
        IndexNames names = new IndexNames(SERVER.prefix() + "-" + test);
        new Schema(elasticsearch, names, 0).install();
        return names;
    }

    private static void keep(IndexNames names, Alert alert) throws IOException {
        elasticsearch.client().index(index -> index.index(names.ofAlert(alert))
                .id(alert.id())
                .document(AlertDocument.of(alert))
                .refresh(Refresh.True));
    }

    private static List<String> ids(AlertSearch search, AlertFilter filter) {
        return ids(search.list(filter, 10, ""));
    }

    private static List<String> ids(AlertPage page) {
        List<String> ids = new ArrayList<>();
        page.alerts().forEach(found -> ids.add(found.alert().id()));
        return ids;
    }

    private static Alert alert(String id, String stream, long startMillis) {
        return alert(id, stream, startMillis, VideoEvent.State.CLOSED, Severity.WARNING, Alert.Hold.NONE, "a car");
    }

    private static Alert alert(
            String id,
            String stream,
            long startMillis,
            VideoEvent.State state,
            Severity severity,
            Alert.Hold hold,
            String text) {
        VideoEvent event = new VideoEvent(
                id,
                1,
                stream,
                "file:/yard.mp4",
                "an intruder",
                text,
                new TimeSpan(1_000, 2_000),
                startMillis - 1_000,
                0.5,
                state,
                "nano-1",
                2,
                "2 a second");
        AlertRule.Alerting alerting = new AlertRule.Alerting(true, severity, 0, Schedule.ALWAYS, List.of("ops"));
        return Alert.of(event, alerting, hold, "", startMillis + 5_000);
    }
}
