// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.indexer.event.Wording;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.search.SearchRequest.Grouping;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

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
    private final List<String> notes = new ArrayList<>();
    private final long began = System.nanoTime();

    HybridSearch(Elasticsearch elasticsearch, IndexNames names, Ranking ranking, SearchRequest request) {
        this.elasticsearch = elasticsearch;
        this.names = names;
        this.ranking = ranking;
        this.request = request;
        this.understood = Understood.of(request);
    }

    SearchResult find() throws IOException {
        List<String> asked = asked();
        EventFilter filter = request.filter().narrowed(understood.from(), understood.to(), understood.daily());
        if (filter == null) {
            notes.add("the time that was said lies outside of the time that is searched");
            return result(List.of(), 0);
        }
        Events events = new Events(elasticsearch, names, filter);
        SearchResult found = asked.isEmpty() ? ofTheTime(events) : ofWords(events, asked);
        if (found.total() == 0) {
            events.requireKnownStreams();
        }
        return found;
    }

    /** The words to look for; what is not wanted when nothing else was said; none when a time was said and no more. */
    private List<String> asked() {
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
        return understood.clues().isEmpty() ? WordQuery.words(request.text()) : List.of();
    }

    private SearchResult ofTheTime(Events events) throws IOException {
        long total = events.count();
        int from = request.grouping() == Grouping.NONE ? request.offset() : 0;
        int size = request.grouping() == Grouping.NONE ? request.limit() : GROUPED;
        List<Moment> found = events.newest(from, size).stream()
                .map(event -> Moment.of(event, 1, List.of(), Why.TIME_ALONE))
                .toList();
        return page(found, total);
    }

    private SearchResult ofWords(Events events, List<String> asked) throws IOException {
        // what a filter leaves is looked up first, so that nothing outside of it takes a place
        Map<String, Long> left = events.all() ? Map.of() : events.wordings();
        boolean known = !events.all() && left.size() < Events.MOST_WORDINGS;
        if (known && left.isEmpty()) {
            return result(List.of(), 0);
        }
        List<Ranked> ranked =
                ranking.rank(request.method(), understood, asked, known ? List.copyOf(left.keySet()) : null, notes);
        Map<String, Long> counts =
                known ? left : events.wordings(ranked.stream().map(Ranked::id).toList());
        List<Ranked> present =
                ranked.stream().filter(one -> counts.containsKey(one.id())).toList();
        if (understood.ordinal() != 0) {
            return paged(Grouped.by(request.grouping(), ordinal(events, present)));
        }
        EventPages pages = new EventPages(events, present, counts);
        return request.grouping() == Grouping.NONE
                ? result(pages.page(request.offset(), request.limit()), pages.total())
                : page(pages.page(0, GROUPED), pages.total());
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
        List<VideoEvent> all = events.oldest(List.copyOf(meant.keySet()), SearchRequest.LAST);
        return Occurrences.pick(all, understood.ordinal()).stream()
                .map(event -> Objects.requireNonNull(meant.get(Wording.of(event).id()))
                        .moment(event))
                .toList();
    }

    /** @param found the first of all, or when nothing is grouped this page of them */
    private SearchResult page(List<Moment> found, long total) {
        if (request.grouping() == Grouping.NONE) {
            return result(found, total);
        }
        if (total > found.size()) {
            notes.add("grouped are the best " + found.size() + " of " + total + " events");
        }
        return paged(Grouped.by(request.grouping(), found));
    }

    private SearchResult paged(List<Moment> all) {
        return result(all.stream().skip(request.offset()).limit(request.limit()).toList(), all.size());
    }

    private SearchResult result(List<Moment> moments, long total) {
        return new SearchResult(moments, total, (System.nanoTime() - began) / 1_000_000, understood, notes);
    }
}
