// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.longwatch.indexer.alert.Alert;
import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.alert.Handling.Verdict;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.indexer.coverage.CoverageSpan;
import dev.longwatch.indexer.event.MarkedEvents;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.indexer.local.TestElasticsearch;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.search.EventListing.Order;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of events, and of the videos they are of. */
class EventListingTest {

    @RegisterExtension
    static final TestElasticsearch SERVER = new TestElasticsearch();

    private static final long NOON = Instant.parse("2026-11-30T12:00:00Z").toEpochMilli();
    private static final int EVENTS = 23;

    private static Elasticsearch elasticsearch;
    private static IndexNames names;

    @BeforeAll
    static void store() throws IOException {
        elasticsearch = Elasticsearch.open(SERVER.address());
        names = new IndexNames(SERVER.prefix() + "-pages");
        Stored stored = Stored.in(elasticsearch, names);
        for (int i = 0; i < EVENTS; i++) {
            // four of each instant, over a border of months
            stored.events(event("e" + i, i % 2 == 0 ? "gate" : "yard", i / 4 * 6 * 3_600_000L));
        }
        stored.coverage(new CoverageSpan("hall", NOON - 5_000, NOON, CoverageSpan.State.GAP, "no power", 0))
                .coverage(new CoverageSpan("gate", NOON - 9_000, NOON, CoverageSpan.State.ANALYSED, "", 2))
                .store();
    }

    @AfterAll
    static void close() {
        elasticsearch.close();
    }

    @ParameterizedTest
    @EnumSource(Order.class)
    void everyEventIsOnOnePageAndInOrder(Order order) {
        EventListing pages = new EventListing(elasticsearch, names);
        List<VideoEvent> seen = new ArrayList<>();
        String cursor = null;
        do {
            EventListing.Page page = pages.page(EventFilter.ALL, order, cursor, 5);
            seen.addAll(page.events());
            cursor = page.next();
        } while (cursor != null && seen.size() <= EVENTS);

        assertThat(seen).extracting(VideoEvent::id).hasSize(EVENTS).doesNotHaveDuplicates();
        List<Long> starts = seen.stream().map(VideoEvent::startedAtMillis).toList();
        assertThat(starts)
                .isEqualTo(starts.stream()
                        .sorted(order == Order.OLDEST ? Comparator.naturalOrder() : Comparator.reverseOrder())
                        .toList());
    }

    @Test
    void aPageThatEndsWithTheLastEventHasNoNext() {
        EventListing pages = new EventListing(elasticsearch, names);
        assertThat(pages.page(EventFilter.ALL, Order.OLDEST, null, EVENTS).next())
                .isNull();
        assertThat(pages.event("e7")).map(VideoEvent::stream).contains("yard");
        assertThat(pages.event("none")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "%%%",
                "bm90IGpzb24",
                "[]",
                "[\"events NEWEST\",1,2,\"a\",\"b\",3]",
                "[\"events OLDEST\",1,2,\"a\",\"b\"]",
                "[\"events OLDEST\",1,2,3,4,5]",
                "[\"events OLDEST\",1.5,2,\"a\",\"b\",3]",
                "[\"events OLDEST\",{\"script\":1},2,\"a\",\"b\",3]"
            })
    void onlyCursorsOfThisListAreTaken(String cursor) {
        String word = cursor.startsWith("[") ? Base64.getUrlEncoder().encodeToString(cursor.getBytes(UTF_8)) : cursor;
        EventListing pages = new EventListing(elasticsearch, names);
        assertThatExceptionOfType(IndexException.class)
                .isThrownBy(() -> pages.page(EventFilter.ALL, Order.OLDEST, word, 5))
                .withMessageContaining("cursor");
    }

    @Test
    void theListIsNarrowedByLabelAndByVerdict() throws IOException {
        IndexNames others = new IndexNames(SERVER.prefix() + "-narrowed");
        Stored.in(elasticsearch, others)
                .events(
                        MarkedEvents.labelled(event("theft", "gate", 0), "theft", "entrance"),
                        MarkedEvents.labelled(event("entry", "gate", 1_000), "entrance"),
                        event("plain", "yard", 2_000))
                .store();
        new AlertDesk(elasticsearch, others)
                .handle(
                        Alert.of(event("entry", "gate", 1_000), AlertRule.Alerting.NONE, Alert.Hold.NOBODY, "", 0),
                        done -> done.judged(Verdict.FALSE_ALARM, "", 1));
        elasticsearch.client().indices().refresh(refresh -> refresh.index(others.handling()));
        EventListing pages = new EventListing(elasticsearch, others);

        assertThat(ids(pages, EventFilter.ALL.labelled("theft", "nothing"))).containsExactly("theft");
        assertThat(ids(pages, EventFilter.ALL.labelled("entrance"))).containsExactly("theft", "entry");
        assertThat(ids(pages, EventFilter.ALL.judged(Verdict.FALSE_ALARM))).containsExactly("entry");
        assertThat(ids(pages, EventFilter.ALL.judged(Verdict.OPEN))).containsExactly("theft", "plain");
        assertThat(ids(pages, EventFilter.ALL.judged(Verdict.OPEN).labelled("entrance")))
                .containsExactly("theft");
        assertThat(pages.event("theft")).map(VideoEvent::labels).contains(List.of("theft", "entrance"));
    }

    private static List<String> ids(EventListing pages, EventFilter filter) {
        return pages.page(filter, Order.OLDEST, null, 10).events().stream()
                .map(VideoEvent::id)
                .toList();
    }

    @Test
    void videosAreThoseWithEventsAndThoseInTheLedger() {
        VideoCatalog catalog = new VideoCatalog(elasticsearch, names);
        VideoCatalog.Page first = catalog.page(null, 2);
        assertThat(first.videos()).extracting(VideoCatalog.Video::name).containsExactly("gate", "hall");
        assertThat(first.videos().get(0))
                .isEqualTo(new VideoCatalog.Video(
                        "gate", "file:/gate.mp4", 12, NOON - 9_000, NOON + 5 * 6 * 3_600_000L + 1_000));
        assertThat(first.videos().get(1)).isEqualTo(new VideoCatalog.Video("hall", null, 0, NOON - 5_000, NOON));

        VideoCatalog.Page second = catalog.page(first.next(), 2);
        assertThat(second.videos()).extracting(VideoCatalog.Video::name).containsExactly("yard");
        assertThat(second.next()).isNull();
        assertThat(catalog.find("yard")).map(VideoCatalog.Video::events).contains(11L);
        assertThat(catalog.find("nobody")).isEmpty();
    }

    private static VideoEvent event(String id, String stream, long millis) {
        return new VideoEvent(
                id,
                1,
                stream,
                "file:/" + stream + ".mp4",
                "a car",
                "a car stops",
                new TimeSpan(millis, millis + 1_000),
                NOON,
                0.5,
                VideoEvent.State.CLOSED,
                "nano-1",
                2,
                "2 a second");
    }
}
