// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import co.elastic.clients.elasticsearch._types.Refresh;
import dev.longwatch.indexer.alert.Handling;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.client.ElasticsearchAddress;
import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.indexer.client.IndexException.Reason;
import dev.longwatch.indexer.event.MarkedEvents;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.indexer.local.TestElasticsearch;
import dev.longwatch.indexer.schema.HandlingDocument;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.search.SearchRequest.Grouping;
import dev.longwatch.indexer.search.SearchRequest.Method;
import dev.longwatch.indexer.search.Understood.Clue;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventSearchTest {

    @RegisterExtension
    static final TestElasticsearch SERVER = new TestElasticsearch();

    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

    private static Elasticsearch elasticsearch;
    private static EventSearch search;

    @BeforeAll
    static void storeSomeEvents() throws IOException {
        elasticsearch = Elasticsearch.open(SERVER.address());
        IndexNames names = names("moments");
        search = new EventSearch(elasticsearch, names);
        store(
                names,
                List.of(
                        event("red-car", "gate", "a car at the gate", "a red car stops at the gate", 10, 0.9),
                        event("blue-car", "gate", "a car at the gate", "a blue car drives through", 20, 0.8),
                        event("fall", "ward", "somebody falls", "an old man falls beside the bed", 30, 0.95),
                        event("cat", "yard", "describe", "a cat sits on the red wall", 40, 0.6),
                        event("later", "gate", "a car at the gate", "a red car leaves", 40 * 24 * 3_600, 0.7)));
    }

    @AfterAll
    static void close() {
        elasticsearch.close();
    }

    @ParameterizedTest
    @CsvSource({
        "red car stops,                  red-car",
        "when does the red car stop?,    red-car",
        "cars driving,                   blue-car",
        "man falling,                    fall",
        "an old man fell,                fall",
        "'Bluee  CAR',                   blue-car",
        "wall,                           cat",
        "somebody falls,                 fall",
        "somebdy,                        fall"
    })
    void theBestMomentComesFirst(String text, String id) {
        assertThat(ids(search.find(SearchRequest.of(text)))).startsWith(id);
    }

    @Test
    void wordsSideBySideCountMoreThanWordsApart() {
        assertThat(ids(search.find(SearchRequest.of("red wall")))).startsWith("cat");
        assertThat(ids(search.find(SearchRequest.of("red car")))).startsWith("later", "red-car");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "elephant",
                "bat",
                "*",
                "*:* OR stream",
                "yard",
                "stream:yard",
                "/.*/",
                "c*",
                "{\"match_all\":{}}"
            })
    void whatIsNotThereFindsNothing(String text) {
        if (text.chars().noneMatch(Character::isLetter)) {
            assertThatExceptionOfType(IndexException.class)
                    .isThrownBy(() -> search.find(SearchRequest.of(text)))
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.BAD_REQUEST));
            return;
        }
        assertThat(search.find(SearchRequest.of(text)).moments()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  \n"})
    void anEmptyQuestionIsRefused(String text) {
        assertThatExceptionOfType(IndexException.class)
                .isThrownBy(() -> SearchRequest.of(text))
                .withMessageContaining("expected some words");
    }

    @Test
    void aQuestionOfTenKilobytesIsRefused() {
        assertThatExceptionOfType(IndexException.class)
                .isThrownBy(() -> SearchRequest.of("x".repeat(10_240)))
                .withMessageContaining("found 10240");
    }

    @Test
    void theLongestQuestionOfManyWordsIsAnswered() {
        String text = IntStream.range(0, 110)
                .mapToObj(i -> "stopping".repeat(i % 9 + 1) + (char) ('a' + i % 26) + "ing ")
                .collect(Collectors.joining())
                .substring(0, SearchRequest.LONGEST_TEXT);

        assertThat(search.find(SearchRequest.of(text)).total()).isZero();
    }

    @Test
    void everyFilterNarrows() {
        EventFilter all = EventFilter.ALL;
        assertThat(found(all)).containsExactlyInAnyOrder("red-car", "later", "blue-car", "cat");
        assertThat(found(all.inStreams("yard", "ward"))).containsExactly("cat");
        assertThat(found(all.ofRules("describe"))).containsExactly("cat");
        assertThat(found(all.atLeast(0.8))).containsExactlyInAnyOrder("red-car", "blue-car");
        assertThat(found(all.between(NOON.plusSeconds(26), null))).containsExactlyInAnyOrder("later", "cat");
        assertThat(found(all.between(null, NOON.plusSeconds(23)))).containsExactlyInAnyOrder("red-car", "blue-car");
        assertThat(found(all.within(new TimeSpan(22_500, 22_600)))).containsExactly("blue-car");
        assertThat(found(all.within(new TimeSpan(25_001, 39_999)))).isEmpty();
    }

    @Test
    void aStreamOfWhichNothingIsKeptIsRefusedWithTheNamesThatThereAre() {
        assertThatExceptionOfType(IndexException.class)
                .isThrownBy(() -> found(EventFilter.ALL.inStreams("nowhere")))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.BAD_REQUEST))
                .withMessage("nothing is kept of a stream 'nowhere'; there are gate, ward, yard");
    }

    @Test
    void aFilterThatMakesNoSenseIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EventFilter.ALL.between(NOON, NOON.minusMillis(1)))
                .withMessageContaining("found 2026-11-30T12:00:00Z to 2026-11-30T11:59:59.999Z");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EventFilter.ALL.atLeast(Double.NaN))
                .withMessageContaining("found NaN");
        assertThatExceptionOfType(IndexException.class)
                .isThrownBy(() -> search.list(EventFilter.ALL, 10_001))
                .withMessageContaining("found 10001");
    }

    @Test
    void aMomentBringsTheEventItsMarksAndTheTotal() {
        SearchResult result = search.find(SearchRequest.of("blue cars").withLimit(1));

        assertThat(result.total()).isEqualTo(3);
        assertThat(result.tookMillis()).isNotNegative();
        Moment moment = result.moments().get(0);
        assertThat(moment.event())
                .isEqualTo(event("blue-car", "gate", "a car at the gate", "a blue car drives through", 20, 0.8));
        assertThat(moment.highlighted("[", "]")).isEqualTo("a [blue] [car] drives through");
        assertThat(moment.score()).isPositive();
    }

    @Test
    void aMeaningIsFoundWithoutItsWordsAndSaysWhy() {
        SearchResult result = search.find(SearchRequest.of("a feline"));

        assertThat(ids(result)).containsExactly("cat");
        assertThat(result.moments().get(0).why().alike()).containsExactly(new Why.Alike("feline", "cat"));
        assertThat(result.moments().get(0).marks()).isEmpty();
    }

    @Test
    void eitherWayCanBeUsedAlone() {
        assertThat(search.find(SearchRequest.of("a feline").by(Method.WORDS)).moments())
                .isEmpty();
        assertThat(ids(search.find(SearchRequest.of("a feline on a wall").by(Method.MEANING))))
                .containsExactly("cat");
    }

    @Test
    void pagesFollowEachOtherWithoutOverlap() throws IOException {
        IndexNames names = names("pages");
        List<VideoEvent> many = IntStream.range(0, 90)
                .mapToObj(i -> event("e" + i, "gate", "rule", i % 3 == 0 ? "a red car" : "a car " + i % 9, i / 2, 0.5))
                .toList();
        store(names, many);
        EventSearch pages = new EventSearch(elasticsearch, names);
        SearchRequest request = SearchRequest.of("a car");

        List<String> whole = ids(pages.find(request.withLimit(100)));
        List<String> paged = IntStream.iterate(0, from -> from < 90, from -> from + 7)
                .mapToObj(from -> ids(pages.find(request.withLimit(7).from(from))))
                .flatMap(List::stream)
                .toList();

        assertThat(whole).hasSize(90).doesNotHaveDuplicates();
        assertThat(paged).isEqualTo(whole);
    }

    @Test
    void whatWasSaidOfTheTimeNarrowsAndIsShown() {
        ZonedDateTime asked = NOON.plusSeconds(3_600).atZone(ZoneOffset.UTC);
        SearchRequest request = SearchRequest.of("a car this afternoon").askedAt(asked);

        SearchResult result = search.find(request);

        assertThat(ids(result)).containsExactlyInAnyOrder("red-car", "blue-car");
        assertThat(result.understood().clues()).extracting(Clue::said).containsExactly("this afternoon");
        assertThat(ids(search.find(SearchRequest.of("this afternoon").askedAt(asked))))
                .containsExactly("cat", "fall", "blue-car", "red-car");
        assertThat(search.find(request.where(EventFilter.ALL.between(null, NOON.minusSeconds(1))))
                        .moments())
                .isEmpty();
    }

    @Test
    void aMomentMayBeEverythingThatOverlapsOrAWholeVideo() {
        SearchResult videos = search.find(SearchRequest.of("car").grouped(Grouping.VIDEO));

        assertThat(ids(videos)).hasSize(1);
        assertThat(videos.total()).isEqualTo(1);
        assertThat(videos.moments().get(0).alongside()).hasSize(2);
        assertThat(videos.moments().get(0).count()).isEqualTo(3);
        assertThat(ids(search.find(SearchRequest.of("car").grouped(Grouping.MOMENT))))
                .hasSize(3);
    }

    @Test
    void onlyWhatPeopleHaveJudgedSo() throws IOException {
        IndexNames names = names("judged");
        store(
                names,
                List.of(event("real", "gate", "car", "a car", 0, 0.5), event("ghost", "gate", "car", "a car", 9, 0.5)));
        elasticsearch.client().index(index -> index.index(names.handling())
                .id("ghost")
                .document(HandlingDocument.of(
                        new Handling("ghost", "gate", "car", 0, "", "", 0, Handling.Verdict.FALSE_ALARM, "")))
                .refresh(Refresh.True));
        EventSearch judged = new EventSearch(elasticsearch, names);

        EventFilter filter = EventFilter.ALL.judged(Handling.Verdict.FALSE_ALARM);

        assertThat(ids(judged.find(SearchRequest.of("car").where(filter)))).containsExactly("ghost");
        assertThat(judged.count(filter)).isEqualTo(1);
        EventFilter open = EventFilter.ALL.judged(Handling.Verdict.OPEN);
        assertThat(ids(judged.find(SearchRequest.of("car").where(open))))
                .as("nobody has judged it, though it is no alert")
                .containsExactly("real");
        assertThat(ids(judged.find(SearchRequest.of("car")
                        .where(EventFilter.ALL.judged(Handling.Verdict.OPEN, Handling.Verdict.FALSE_ALARM)))))
                .containsExactlyInAnyOrder("real", "ghost");
        assertThat(judged.find(SearchRequest.of("car").where(EventFilter.ALL.judged(Handling.Verdict.TRUE_ALARM)))
                        .moments())
                .isEmpty();
    }

    @Test
    void onlyWhatHasALabel() throws IOException {
        IndexNames names = names("labelled");
        VideoEvent car = event("car", "gate", "car", "a red car", 0, 0.5);
        VideoEvent van = event("van", "yard", "car", "a red car", 5, 0.5);
        store(
                names,
                List.of(
                        MarkedEvents.labelled(car, "theft", "entrance"),
                        MarkedEvents.labelled(van, "entrance"),
                        event("plain", "yard", "car", "a red car", 9, 0.5)));
        EventSearch labelled = new EventSearch(elasticsearch, names);

        SearchResult thefts = labelled.find(SearchRequest.of("red car").where(EventFilter.ALL.labelled("theft")));

        assertThat(ids(thefts)).containsExactly("car");
        assertThat(thefts.moments().get(0).event().labels()).containsExactly("theft", "entrance");
        assertThat(ids(labelled.find(SearchRequest.of("car").where(EventFilter.ALL.labelled("entrance", "none")))))
                .containsExactly("van", "car");
        assertThat(labelled.find(SearchRequest.of("car").where(EventFilter.ALL.labelled("none")))
                        .total())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"🐕🐕", "¿?", "\u0000\u0007"})
    void aQuestionWithoutAWordIsRefused(String text) {
        assertThatExceptionOfType(IndexException.class)
                .isThrownBy(() -> search.find(SearchRequest.of(text)))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.BAD_REQUEST))
                .withMessageContaining("no word to search for");
    }

    @Test
    void aTimeThatNoCalendarHasIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EventFilter.ALL.between(Instant.MIN, null))
                .withMessageContaining("expected a time from the year 0 to 9999");
        assertThatExceptionOfType(IndexException.class)
                .isThrownBy(() -> SearchRequest.of("car").from(10_000))
                .withMessageContaining("found 10000");
    }

    @Test
    void eventsAreListedInTheOrderInWhichTheyBegan() {
        assertThat(search.list(EventFilter.ALL, 3))
                .extracting(VideoEvent::id)
                .containsExactly("red-car", "blue-car", "fall");
        assertThat(search.count(EventFilter.ALL)).isEqualTo(5);
    }

    @Test
    void beforeAnythingIsStoredNothingIsFound() {
        EventSearch empty = new EventSearch(elasticsearch, names("empty"));

        assertThat(empty.find(SearchRequest.of("car")).moments()).isEmpty();
        assertThat(empty.list(EventFilter.ALL, 10)).isEmpty();
        assertThat(empty.count(EventFilter.ALL)).isZero();
        assertThat(empty.delete("gate")).isZero();
    }

    @Test
    void aDeletedStreamMayBeWrittenAnewFromItsFirstVersion() throws IOException {
        IndexNames names = names("anew");
        EventSearch anew = new EventSearch(elasticsearch, names);
        List<VideoEvent> many = IntStream.range(0, 2_500)
                .mapToObj(i -> withVersion(event("e" + i, "gate", "rule", "text", i * 3_600, 0.5), 9))
                .toList();
        store(names, many);
        store(names, List.of(event("kept", "yard", "rule", "text", 0, 0.5)));

        assertThat(anew.delete("gate")).isEqualTo(2_500);

        assertThat(anew.count(EventFilter.ALL.inStreams("gate"))).isZero();
        assertThat(anew.count(EventFilter.ALL)).isEqualTo(1);
        store(names, many.stream().map(event -> withVersion(event, 1)).toList());
        assertThat(anew.count(EventFilter.ALL.inStreams("gate"))).isEqualTo(2_500);
    }

    @Test
    void whatAnEarlierRunFoundAndALaterDidNotIsDeleted() throws IOException {
        IndexNames names = names("runs");
        EventSearch runs = new EventSearch(elasticsearch, names);
        long later = VideoEvent.firstVersion(2);
        store(
                names,
                List.of(
                        withVersion(event("gone", "gate", "car", "text", 0, 0.5), VideoEvent.firstVersion(1) + 7),
                        withVersion(event("again", "gate", "car", "text", 0, 0.5), later + 3),
                        withVersion(event("other-rule", "gate", "dog", "text", 0, 0.5), 1),
                        withVersion(event("other-stream", "yard", "car", "text", 0, 0.5), 1)));

        assertThat(runs.delete(EventFilter.ALL.inStreams("gate").ofRules("car"), later))
                .isEqualTo(1);

        assertThat(runs.list(EventFilter.ALL, 10))
                .extracting(VideoEvent::id)
                .containsExactlyInAnyOrder("again", "other-rule", "other-stream");
    }

    @Test
    void aServerThatIsGoneIsNamed() throws IOException {
        try (Elasticsearch nobody = Elasticsearch.unprobed(ElasticsearchAddress.of("http://127.0.0.1:1"))) {
            assertThatExceptionOfType(IndexException.class)
                    .isThrownBy(() -> new EventSearch(nobody, names("gone")).find(SearchRequest.of("car")))
                    .withMessageContaining("no Elasticsearch answers at http://127.0.0.1:1");
        }
    }

    @Test
    void anOrderIsFoundHoweverManyThereAre() throws IOException {
        IndexNames names = names("many");
        int many = SearchRequest.LAST + 50;
        store(names, everySeconds(10, many, "tram"));
        EventSearch all = new EventSearch(elasticsearch, names);

        SearchResult last = all.find(SearchRequest.of("the last time a tram passes"));
        assertThat(ids(last)).containsExactly("tram-" + (many - 1));
        assertThat(last.notes()).isEmpty();
        SearchResult second = all.find(SearchRequest.of("the second time a tram passes"));
        assertThat(ids(second)).containsExactly("tram-1");
        assertThat(second.notes()).isEmpty();
    }

    @Test
    void anOrderThatIsNotCountedToItsEndSaysSo() throws IOException {
        IndexNames names = names("endless");
        int many = SearchRequest.LAST + 2_050;
        store(names, everySeconds(4, many, "tram"));
        EventSearch all = new EventSearch(elasticsearch, names);

        SearchResult second = all.find(SearchRequest.of("the second time a tram passes"));
        assertThat(second.moments()).isEmpty();
        assertThat(second.notes()).anySatisfy(note -> assertThat(note).contains("among the first 10000 events"));
        SearchResult last = all.find(SearchRequest.of("the last time a tram passes"));
        assertThat(ids(last)).hasSize(1);
        assertThat(last.notes()).anySatisfy(note -> assertThat(note).contains("among the last 10000 events"));
        SearchResult narrowed = all.find(SearchRequest.of("the last time a tram passes")
                .where(EventFilter.ALL.between(NOON, NOON.plusSeconds(100))));
        assertThat(ids(narrowed)).containsExactly("tram-0");
        assertThat(narrowed.notes()).isEmpty();
    }

    @Test
    void anOrderGoesOnBehindTheFirstPageFromEitherEnd() throws IOException {
        IndexNames names = names("long");
        int many = 4_500;
        List<VideoEvent> events = new ArrayList<>(everySeconds(4, many, "tram"));
        events.add(event("tram-late", "tram", "tram", "a tram passes", 4 * many + 60, 0.9));
        events.add(event("ferry-early", "ferry", "ferry", "a ferry passes", 0, 0.9));
        // begin at once with the first of those that are one occurrence
        events.add(event("ferry-0", "ferry", "ferry", "a ferry passes", 60, 0.9));
        events.add(lasting(event("ferry-longer", "ferry", "ferry", "a ferry passes", 60, 0.9), 9_000));
        events.addAll(everySeconds(4, many, "ferry").stream().skip(16).toList());
        store(names, events);
        EventSearch all = new EventSearch(elasticsearch, names);

        assertThat(ids(all.find(SearchRequest.of("the first time something passes"))))
                .containsExactly("ferry-early", "tram-0");
        assertThat(ids(all.find(SearchRequest.of("the second time something passes"))))
                .containsExactly("tram-late", "ferry-0");
        assertThat(ids(all.find(SearchRequest.of("the last time something passes"))))
                .containsExactly("tram-late", "ferry-0");
        assertThat(all.find(SearchRequest.of("the third time something passes")).moments())
                .isEmpty();
    }

    private static List<String> found(EventFilter filter) {
        return ids(search.find(SearchRequest.of("red cars").by(Method.WORDS).where(filter)));
    }

    private static List<String> ids(SearchResult result) {
        return result.moments().stream().map(moment -> moment.event().id()).toList();
    }

    private static VideoEvent event(
            String id, String stream, String rule, String text, long startSeconds, double confidence) {
        return new VideoEvent(
                id,
                1,
                stream,
                "file:/videos/" + stream + ".mp4",
                rule,
                text,
                new TimeSpan(startSeconds * 1_000, startSeconds * 1_000 + 5_000),
                NOON.toEpochMilli(),
                confidence,
                VideoEvent.State.CLOSED,
                "nano-1",
                2,
                "2 a second");
    }

    @Test
    void anOrderIsFoundInMoreVideosThanAQueryHasClauses() throws IOException {
        IndexNames names = names("archive");
        List<VideoEvent> events = new ArrayList<>();
        for (int video = 0; video < 1_300; video++) {
            events.add(event("first-" + video, "video-" + video, "tram", "a tram passes", 0, 0.9));
            events.add(event("second-" + video, "video-" + video, "tram", "a tram passes", 100 + video, 0.9));
        }
        store(names, events);

        SearchResult second =
                new EventSearch(elasticsearch, names).find(SearchRequest.of("the second time a tram passes"));

        assertThat(second.total()).isEqualTo(1_300);
        assertThat(ids(second)).startsWith("second-1299", "second-1298");
    }

    /** Each lasts five seconds. */
    private static List<VideoEvent> everySeconds(long seconds, int many, String what) {
        return IntStream.range(0, many)
                .mapToObj(i -> event(what + "-" + i, what, what, "a " + what + " passes", i * seconds, 0.9))
                .toList();
    }

    private static VideoEvent lasting(VideoEvent event, long millis) {
        long start = event.span().startMillis();
        return event.changed(event.version(), new TimeSpan(start, start + millis), event.confidence(), event.state());
    }

    private static VideoEvent withVersion(VideoEvent event, long version) {
        return event.changed(version, event.span(), event.confidence(), event.state());
    }

    private static void store(IndexNames names, List<VideoEvent> events) throws IOException {
        StoredEvents.store(elasticsearch, names, events);
    }

    private static IndexNames names(String test) {
        return new IndexNames(SERVER.prefix() + "-" + test);
    }
}
