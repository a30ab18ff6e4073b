// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.event.Wording;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.search.SearchRequest.Grouping;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One search: the text is read for times, orders and negations; what is left is looked for among the wordings of the
 * events in question; and the events of the best wordings are fetched, the newest of each first.
 */
final class HybridSearch {

    /** So many of the best events are put into groups. */
    static final int GROUPED = 1_000;

    /** "The second time" counts what says the same as the best, in whatever words; measured. */
    private static final double CLOSE_ENOUGH = 0.75;

    private final Elasticsearch elasticsearch;
    private final IndexNames names;
    private final Ranking ranking;
    private final SearchRequest request;
    private final Understood understood;
    private final SearchCursor.@Nullable Place place;
    private final SearchCursor.@Nullable Spot spot;
    private final List<String> notes = new ArrayList<>();
    private final long began = System.nanoTime();

    HybridSearch(Elasticsearch elasticsearch, IndexNames names, Ranking ranking, SearchRequest request) {
        this.elasticsearch = elasticsearch;
        this.names = names;
        this.ranking = ranking;
        String cursor = request.cursor();
        boolean eachForItself = isEachForItself(request);
        this.place = cursor == null || !eachForItself ? null : SearchCursor.place(request, cursor);
        this.spot = cursor == null || eachForItself ? null : SearchCursor.spot(request, cursor);
        this.request = asFirstAsked(request);
        this.understood = Understood.of(this.request);
    }

    /** Whether what is shown are events in an order of their own, and not put together for each page. */
    private static boolean isEachForItself(SearchRequest request) {
        Understood understood = Understood.of(request);
        return request.grouping() == Grouping.NONE
                && (understood.ordinal() == 0
                        || asked(understood, request.text()).isEmpty());
    }

    private SearchRequest asFirstAsked(SearchRequest page) {
        if (place != null) {
            return askedAt(page, place.askedMillis());
        }
        return spot != null ? askedAt(page, spot.askedMillis()) : page;
    }

    private static SearchRequest askedAt(SearchRequest request, long millis) {
        return request.askedAt(
                Instant.ofEpochMilli(millis).atZone(request.asked().getZone()));
    }

    SearchResult find() throws IOException {
        List<String> asked = asked(understood, request.text());
        EventFilter filter = request.filter().narrowed(understood.from(), understood.to(), understood.daily());
        if (filter == null) {
            notes.add("the time that was said lies outside of the time that is searched");
            return result(List.of(), 0, null);
        }
        Events events = new Events(elasticsearch, names, filter);
        SearchResult found = asked.isEmpty() ? ofTheTime(events) : ofWords(events, asked);
        if (found.total() == 0) {
            events.requireKnownStreams();
        }
        return found;
    }

    /** The words to look for; what is not wanted when nothing else was said; none when a time was said and no more. */
    private static List<String> asked(Understood understood, String text) {
        List<String> words = WordQuery.wordsOrNone(understood.words());
        if (!words.isEmpty()) {
            return words;
        }
        if (!understood.without().isEmpty()) {
            return understood.without().stream()
                    .flatMap(List::stream)
                    .distinct()
                    .toList();
        }
        return understood.clues().isEmpty() ? WordQuery.words(text) : List.of();
    }

    private SearchResult ofTheTime(Events events) throws IOException {
        if (request.grouping() == Grouping.VIDEO) {
            return videos(new VideoGroups(events, List.of()));
        }
        long total = events.count();
        if (request.grouping() == Grouping.MOMENT) {
            List<Moment> newest = events.newest(List.of(), 0, GROUPED).stream()
                    .map(found -> Moment.ofTheTime(found.event()))
                    .toList();
            return moments(newest, total);
        }
        List<Events.Found> page = place == null
                ? events.newest(List.of(), request.offset(), request.limit())
                : events.newestAfter(List.of(), place.event(), request.limit() + 1);
        List<Events.Found> shown = page.stream().limit(request.limit()).toList();
        return result(
                shown.stream().map(found -> Moment.ofTheTime(found.event())).toList(),
                total,
                isMore(page.size(), total) ? next("", 0, shown.get(shown.size() - 1)) : null);
    }

    private SearchResult ofWords(Events events, List<String> asked) throws IOException {
        // what a filter leaves is looked up first, so that nothing outside of it takes a place; without a filter it is
        // the same question for every search, which the server answers from its cache
        boolean counted = !events.all() || ranking.hasFewWordings();
        Map<String, Long> left = counted ? events.wordings() : Map.of();
        boolean known = counted && left.size() < Events.MOST_WORDINGS;
        if (known && left.isEmpty()) {
            return result(List.of(), 0, null);
        }
        List<String> among = known && !events.all() ? List.copyOf(left.keySet()) : null;
        List<Ranked> ranked = ranking.rank(request.method(), understood, asked, among, notes);
        Map<String, Long> counts =
                known ? left : events.wordings(ranked.stream().map(Ranked::id).toList());
        List<Ranked> present =
                ranked.stream().filter(one -> counts.containsKey(one.id())).toList();
        if (understood.ordinal() != 0) {
            return ordinals(ordinal(events, present));
        }
        if (present.isEmpty()) {
            return result(List.of(), 0, null);
        }
        if (request.grouping() == Grouping.VIDEO) {
            return videos(new VideoGroups(events, present));
        }
        EventPages pages = new EventPages(events, present, counts);
        long total = pages.total();
        if (request.grouping() == Grouping.MOMENT) {
            return moments(
                    pages.page(0, GROUPED).stream()
                            .map(EventPages.Placed::moment)
                            .toList(),
                    total);
        }
        List<EventPages.Placed> page =
                place == null ? pages.page(request.offset(), request.limit()) : pages.after(place, request.limit() + 1);
        List<EventPages.Placed> shown = page.stream().limit(request.limit()).toList();
        return result(
                shown.stream().map(EventPages.Placed::moment).toList(),
                total,
                isMore(page.size(), total) ? next(shown.get(shown.size() - 1)) : null);
    }

    /** @param found events of a page; behind a place one more than is shown, for nobody knows how many are before it */
    private boolean isMore(int found, long total) {
        return place == null ? found > 0 && request.offset() + found < total : found > request.limit();
    }

    private String next(EventPages.Placed last) {
        return next(last.wording().id(), last.rank(), last.found());
    }

    private String next(String wording, int rank, Events.Found last) {
        return SearchCursor.of(request, new SearchCursor.Place(askedMillis(), wording, rank, last.place()));
    }

    private long askedMillis() {
        return request.asked().toInstant().toEpochMilli();
    }

    /** The one that was asked for of each stream, among what fits best. */
    private List<Moment> ordinal(Events events, List<Ranked> ranked) throws IOException {
        double covered =
                ranked.stream().mapToDouble(one -> one.why().coverage()).max().orElse(0);
        double closest =
                ranked.stream().mapToDouble(one -> one.fit().closeness()).max().orElse(0);
        Map<String, Ranked> meant = ranked.stream()
                .filter(one -> one.why().coverage() >= covered && one.fit().closeness() >= CLOSE_ENOUGH * closest)
                .collect(Collectors.toMap(Ranked::id, Function.identity()));
        if (meant.isEmpty()) {
            return List.of();
        }
        Occurrences.Picked picked = Occurrences.pick(events, List.copyOf(meant.keySet()), understood.ordinal());
        if (!picked.whole()) {
            notes.add("an order is counted among the " + (understood.ordinal() < 0 ? "last " : "first ")
                    + SearchRequest.LAST + " events: narrow by time or stream");
        }
        return picked.events().stream()
                .map(event -> Objects.requireNonNull(meant.get(Wording.of(event).id()))
                        .moment(event))
                .toList();
    }

    /** Of an order that was asked for each stream has one, so that a video is one already. */
    private SearchResult ordinals(List<Moment> found) {
        return grouped(request.grouping() == Grouping.MOMENT ? Grouped.byMoment(found, request.perGroup()) : found);
    }

    /** @param best of all events that were found */
    private SearchResult moments(List<Moment> best, long total) {
        if (total > best.size()) {
            notes.add("grouped are the best " + best.size() + " of " + total + " events");
        }
        return grouped(Grouped.byMoment(best, request.perGroup()));
    }

    /** A page of the groups of all that was found. */
    private SearchResult grouped(List<Moment> all) {
        int from = from(all, moment -> moment.event().id());
        List<Moment> page = all.stream().skip(from).limit(request.limit()).toList();
        int shown = from + page.size();
        return result(
                page,
                all.size(),
                shown < all.size() ? next(all.get(shown - 1).event().id(), shown) : null);
    }

    private SearchResult videos(VideoGroups groups) throws IOException {
        List<VideoGroups.Video> all = groups.videos();
        if (!groups.isWhole()) {
            notes.add("there is more of so many videos than is looked at: narrow by time, stream, rule or label");
        }
        int from = from(all, VideoGroups.Video::stream);
        List<VideoGroups.Video> page =
                all.stream().skip(from).limit(request.limit()).toList();
        List<Moment> moments = new ArrayList<>();
        for (VideoGroups.Video video : page) {
            groups.moment(video, request.perGroup()).ifPresent(moments::add);
        }
        int shown = from + page.size();
        return result(moments, all.size(), shown < all.size() ? next(all.get(shown - 1).stream(), shown) : null);
    }

    /** Where the page begins: behind the last one's end, which may have moved. */
    private <T> int from(List<T> all, Function<T, String> name) {
        if (spot == null) {
            return request.offset();
        }
        for (int i = 0; i < all.size(); i++) {
            if (name.apply(all.get(i)).equals(spot.last())) {
                return i + 1;
            }
        }
        return spot.shown();
    }

    private String next(String last, int shown) {
        return SearchCursor.of(request, new SearchCursor.Spot(askedMillis(), last, shown));
    }

    private SearchResult result(List<Moment> moments, long total, @Nullable String next) {
        return new SearchResult(moments, total, (System.nanoTime() - began) / 1_000_000, understood, notes, next);
    }
}
