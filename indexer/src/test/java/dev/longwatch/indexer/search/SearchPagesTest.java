// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.indexer.client.IndexException.Reason;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.indexer.local.TestElasticsearch;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.search.SearchRequest.Grouping;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of a search, one behind the other, and the groups on them. */
class SearchPagesTest {

    @RegisterExtension
    static final TestElasticsearch SERVER = new TestElasticsearch();

    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");
    private static final SearchRequest CARS = SearchRequest.of("a car");
    private static final int EVENTS = 90;

    private static Elasticsearch elasticsearch;
    private static EventSearch search;

    @BeforeAll
    static void store() throws IOException {
        elasticsearch = Elasticsearch.open(SERVER.address());
        IndexNames names = names("many");
        // two begin at each instant, and ten wordings share the page borders
        StoredEvents.store(elasticsearch, names, cars("e", "gate", 0, EVENTS));
        search = new EventSearch(elasticsearch, names);
    }

    @AfterAll
    static void close() {
        elasticsearch.close();
    }

    @Test
    void everyEventIsOnOnePageInTheOrderOfTheWholeAnswer() {
        List<String> whole = ids(search.find(CARS.withLimit(100)));

        assertThat(whole).hasSize(EVENTS).doesNotHaveDuplicates();
        assertThat(paged(search, CARS.withLimit(7), page -> page)).isEqualTo(whole);
        assertThat(search.find(CARS.withLimit(EVENTS)).next()).isNull();
        assertThat(search.find(CARS.withLimit(EVENTS - 1)).next()).isNotNull();
    }

    @Test
    void aPageMayBeginAnywhereAndTheNextGoesOnBehindIt() {
        List<String> whole = ids(search.find(CARS.withLimit(100)));

        SearchResult middle = search.find(CARS.withLimit(10).from(33));

        assertThat(ids(middle)).isEqualTo(whole.subList(33, 43));
        assertThat(ids(search.find(CARS.withLimit(100).after(middle.next())))).isEqualTo(whole.subList(43, EVENTS));
    }

    @Test
    void aSearchForATimeAloneHasPagesToo() {
        SearchRequest today = SearchRequest.of("today")
                .askedAt(NOON.plusSeconds(3_600).atZone(ZoneOffset.UTC))
                .withLimit(8);

        List<String> paged = paged(
                search, today, page -> page.askedAt(NOON.plusSeconds(9_999_999).atZone(ZoneOffset.UTC)));

        assertThat(paged)
                .as("today stays the day on which the first page was asked for")
                .hasSize(EVENTS)
                .doesNotHaveDuplicates();
    }

    @Test
    void whatComesInMeanwhileMovesNothing() throws IOException {
        IndexNames names = names("meanwhile");
        StoredEvents.store(elasticsearch, names, cars("e", "gate", 0, 40));
        EventSearch growing = new EventSearch(elasticsearch, names);
        List<String> before = ids(growing.find(CARS.withLimit(100)));
        List<Integer> pages = new ArrayList<>();

        List<String> paged = paged(growing, CARS.withLimit(6), page -> {
            pages.add(pages.size());
            // later ones that say what others said
            store(names, cars("new" + pages.size() + "-", "gate", 1_000 * pages.size(), 10));
            return page;
        });

        assertThat(pages).hasSizeGreaterThan(5);
        assertThat(paged).doesNotHaveDuplicates();
        assertThat(paged.stream().filter(id -> id.startsWith("e"))).containsExactlyElementsOf(before);
    }

    @Test
    void aWordingThatIsGoneIsSteppedOver() throws IOException {
        IndexNames names = names("gone");
        StoredEvents.store(
                elasticsearch,
                names,
                List.of(
                        event("red1", "gate", "a red car", 0),
                        event("red2", "gate", "a red car", 9),
                        event("blue", "yard", "a car", 20)));
        EventSearch shrinking = new EventSearch(elasticsearch, names);
        SearchResult first = shrinking.find(SearchRequest.of("red car").withLimit(1));
        assertThat(ids(first)).containsExactly("red2");

        shrinking.delete("gate");

        assertThat(ids(shrinking.find(SearchRequest.of("red car").withLimit(5).after(first.next()))))
                .containsExactly("blue");
    }

    @ParameterizedTest
    @EnumSource(Grouping.class)
    void aCursorIsGoodForItsOwnSearchAlone(Grouping grouping) {
        String next = search.find(CARS.withLimit(1)).next();
        String order = search.find(
                        SearchRequest.of("the first car yesterday or today").withLimit(1))
                .next();

        assertThat(order).as("there is one of each stream").isNull();
        for (SearchRequest other : List.of(
                SearchRequest.of("a red car"),
                CARS.where(EventFilter.ALL.labelled("theft")),
                CARS.by(SearchRequest.Method.WORDS),
                CARS.taken(true),
                grouping == Grouping.NONE ? SearchRequest.of("the last car") : CARS.grouped(grouping))) {
            refused(other.after(next));
        }
        assertThat(ids(search.find(CARS.withLimit(5)
                        .where(EventFilter.ALL.between(NOON.minusSeconds(9), null))
                        .after(next))))
                .as("from when may be said as a time ago")
                .hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "%%%",
                "bm90IGpzb24",
                "[]",
                "[LIST,1,\"w\",0,1,\"a\",\"b\",3]",
                "[LIST,-1,\"w\",0,1,\"a\",\"b\",3,4]",
                "[LIST,253402300800000,\"w\",0,1,\"a\",\"b\",3,4]",
                "[LIST,1,{\"script\":1},0,1,\"a\",\"b\",3,4]",
                "[LIST,1,\"w\",0.5,1,\"a\",\"b\",3,4]",
                "[\"events NEWEST\",1,\"w\",0,1,\"a\",\"b\",3,4]"
            })
    void aDamagedCursorIsRefused(String cursor) {
        String good = new String(
                Base64.getUrlDecoder()
                        .decode(Objects.requireNonNull(
                                search.find(CARS.withLimit(1)).next())),
                UTF_8);
        String list = good.substring(1, good.indexOf(','));
        String word = cursor.startsWith("[")
                ? Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(cursor.replace("LIST", list).getBytes(UTF_8))
                : cursor;

        refused(CARS.after(word));
    }

    @Test
    void aPlaceThatSomebodyMadeUpFindsWhatIsBehindIt() {
        String good = new String(
                Base64.getUrlDecoder()
                        .decode(Objects.requireNonNull(
                                search.find(CARS.withLimit(1)).next())),
                UTF_8);
        String madeUp =
                good.substring(0, good.indexOf(',')) + ",1,\"no such wording\",9223372036854775807,1,\"\",\"\",3,4]";

        assertThat(search.find(CARS.after(Base64.getUrlEncoder().encodeToString(madeUp.getBytes(UTF_8))))
                        .moments())
                .isEmpty();
    }

    @Test
    void aCursorAndAnOffsetContradictEachOther() {
        String next = search.find(CARS.withLimit(1)).next();

        assertThatExceptionOfType(IndexException.class)
                .isThrownBy(() -> CARS.from(3).after(next))
                .withMessage("expected a cursor or an offset, found both");
    }

    @Test
    void aPageOfVideosIsRightThoughThousandsOfTheBestEventsAreOfOne() throws IOException {
        IndexNames names = names("videos");
        List<VideoEvent> events = new ArrayList<>(IntStream.range(0, 2_100)
                .mapToObj(i -> event("busy" + i, "busy", "a red car", i))
                .toList());
        for (int i = 0; i < 25; i++) {
            String stream = String.format(Locale.ROOT, "video-%02d", i);
            // the later videos have the later best event
            events.add(event(stream + "-red", stream, "a red car", 10_000 + i));
            events.add(event(stream + "-blue", stream, "a blue car", 20_000 + i));
            events.add(event(stream + "-dog", stream, "a dog", 30_000 + i));
        }
        events.add(event("only-blue", "blue", "a blue car", 99_000));
        StoredEvents.store(elasticsearch, names, events);
        EventSearch videos = new EventSearch(elasticsearch, names);
        SearchRequest request = SearchRequest.of("a red car")
                .grouped(Grouping.VIDEO)
                .withPerGroup(2)
                .withLimit(20);

        SearchResult first = videos.find(request);
        SearchResult second = videos.find(request.after(first.next()));

        assertThat(first.total()).isEqualTo(27);
        assertThat(ids(first))
                .isEqualTo(IntStream.range(0, 20)
                        .mapToObj(i -> String.format(Locale.ROOT, "video-%02d-red", 24 - i))
                        .toList());
        Moment newest = first.moments().get(0);
        assertThat(newest.alongside()).extracting(VideoEvent::id).containsExactly("video-24-blue");
        assertThat(newest.count()).as("the dog is none").isEqualTo(2);
        assertThat(ids(second))
                .containsExactly(
                        "video-04-red",
                        "video-03-red",
                        "video-02-red",
                        "video-01-red",
                        "video-00-red",
                        "busy2099",
                        "only-blue");
        assertThat(second.next()).isNull();
        Moment busy = second.moments().get(5);
        assertThat(busy.count()).isEqualTo(2_100);
        assertThat(busy.alongside()).extracting(VideoEvent::id).containsExactly("busy2098");
        assertThat(paged(videos, request.withLimit(4), page -> page))
                .hasSize(27)
                .doesNotHaveDuplicates();
    }

    @Test
    void videosOfATimeAloneAreTheNewestFirst() {
        SearchRequest today = SearchRequest.of("today")
                .askedAt(NOON.plusSeconds(3_600).atZone(ZoneOffset.UTC))
                .grouped(Grouping.VIDEO)
                .withPerGroup(3);

        SearchResult found = search.find(today);

        assertThat(found.total()).isEqualTo(1);
        assertThat(found.moments().get(0).event().id()).isIn("e88", "e89");
        assertThat(found.moments().get(0).alongside()).hasSize(2);
        assertThat(found.moments().get(0).count()).isEqualTo(EVENTS);
    }

    @Test
    void momentsThatOverlapHavePagesToo() {
        SearchRequest request = CARS.grouped(Grouping.MOMENT);

        List<String> whole = ids(search.find(request.withLimit(100)));

        assertThat(whole).hasSizeBetween(1, EVENTS / 2);
        assertThat(paged(search, request.withLimit(1), page -> page)).isEqualTo(whole);
    }

    @Test
    void moreVideosThanAreAskedOneByOneAreRefused() {
        assertThatExceptionOfType(IndexException.class)
                .isThrownBy(() -> CARS.grouped(Grouping.VIDEO).withLimit(101))
                .withMessage("expected a limit from 1 to 100 of videos, found 101");
        assertThatExceptionOfType(IndexException.class)
                .isThrownBy(() -> CARS.withPerGroup(0))
                .withMessageContaining("events of a group, found 0");
    }

    /** All pages; each request but the first goes through {@code between}. */
    private static List<String> paged(EventSearch search, SearchRequest request, UnaryOperator<SearchRequest> between) {
        List<String> seen = new ArrayList<>();
        SearchResult page = search.find(request);
        seen.addAll(ids(page));
        while (page.next() != null && seen.size() < 1_000) {
            page = search.find(between.apply(request).after(page.next()));
            seen.addAll(ids(page));
        }
        assertThat(page.next()).isNull();
        return seen;
    }

    private static void refused(SearchRequest request) {
        assertThatExceptionOfType(IndexException.class)
                .isThrownBy(() -> search.find(request))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.BAD_REQUEST))
                .withMessageContaining("expected a cursor as the page before has given it");
    }

    private static List<String> ids(SearchResult result) {
        return result.moments().stream().map(moment -> moment.event().id()).toList();
    }

    private static List<VideoEvent> cars(String id, String stream, int fromSecond, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> event(id + i, stream, i % 3 == 0 ? "a red car" : "a car " + i % 9, fromSecond + i / 2))
                .toList();
    }

    private static VideoEvent event(String id, String stream, String text, long startSeconds) {
        return new VideoEvent(
                id,
                1,
                stream,
                "file:/videos/" + stream + ".mp4",
                "rule",
                text,
                new TimeSpan(startSeconds * 1_000, startSeconds * 1_000 + 5_000),
                NOON.toEpochMilli(),
                0.5,
                VideoEvent.State.CLOSED,
                "nano-1",
                2,
                "2 a second");
    }

    private static void store(IndexNames names, List<VideoEvent> events) {
        try {
            StoredEvents.store(elasticsearch, names, events);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static IndexNames names(String test) {
        return new IndexNames(SERVER.prefix() + "-" + test);
    }
}
