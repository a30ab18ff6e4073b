// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.summary;

import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.event.VideoEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a story into chapters, the same ones whenever it is told. The stretch is first cut wherever an event begins or ends and
 * where somebody begins or stops to look. Then
 *
 * <ol>
 *   <li>quiet and unwatched seconds shorter than a thirtieth of the stretch, or 10 s, join what lies before or after them;
 *   <li>neighbours in which something happens are joined, the most alike first, as long as the cosine of their words, weighted
 *       by how long each was true, is at least 0.5; one shorter than a sixtieth, or 5 s, joins the more alike neighbour anyway;
 *   <li>while more than twelve are left, the shortest joins its shorter neighbour.
 * </ol>
 */
final class Chapters {

    static final int MOST = 12;

    private static final double ALIKE = 0.5;
    private static final long LEAST_QUIET_MILLIS = 10_000;
    private static final long LEAST_MILLIS = 5_000;

    /** An event without length still makes its seconds lively. */
    private static final long INSTANT_MILLIS = 100;

    private static final Set<String> EMPTY_WORDS =
            Set.of("a", "an", "the", "is", "are", "and", "of", "to", "in", "on", "at");

    private final Story story;
    private final List<Piece> pieces = new ArrayList<>();
    private final Map<String, List<String>> wordsOf = new HashMap<>();

    /** What a chapter is. */
    enum Kind {
        /** something happens */
        LIVELY,
        /** somebody looked, and saw nothing that was asked for */
        QUIET,
        /** nobody looked */
        UNWATCHED
    }

    /**
     * A chapter.
     *
     * @param events that lie in it or reach into it, by their beginning
     */
    record Chapter(TimeSpan span, Kind kind, List<VideoEvent> events) {}

    private record Piece(long start, long end, Kind kind, Map<String, Double> words) {

        long millis() {
            return end - start;
        }

        Piece joined(Piece next) {
            Map<String, Double> both = new HashMap<>(words);
            next.words.forEach((word, weight) -> both.merge(word, weight, Double::sum));
            boolean lively = kind == Kind.LIVELY || next.kind == Kind.LIVELY;
            Kind longer = millis() >= next.millis() ? kind : next.kind;
            return new Piece(start, next.end, lively ? Kind.LIVELY : longer, both);
        }

        double alike(Piece other) {
            double product = 0;
            for (Map.Entry<String, Double> word : words.entrySet()) {
                product += word.getValue() * other.words.getOrDefault(word.getKey(), 0.0);
            }
            double lengths = length() * other.length();
            return lengths == 0 ? 0 : product / lengths;
        }

        private double length() {
            return Math.sqrt(words.values().stream()
                    .mapToDouble(weight -> weight * weight)
                    .sum());
        }
    }

    private Chapters(Story story) {
        this.story = story;
        cut();
    }

    /** In order, without gaps, from the stretch's beginning to its end; none when it has no length. */
    static List<Chapter> of(Story story) {
        Chapters chapters = new Chapters(story);
        chapters.joinSame();
        chapters.joinShortQuiet();
        chapters.joinAlike();
        chapters.joinUntilFew();
        return chapters.pieces.stream().map(chapters::chapter).toList();
    }

    /** The longest stretch in which somebody looked and nothing was seen; null when there is none. */
    static @Nullable TimeSpan longestQuiet(Story story) {
        Chapters chapters = new Chapters(story);
        chapters.joinSame();
        return chapters.pieces.stream()
                .filter(piece -> piece.kind == Kind.QUIET)
                .max(Comparator.comparingLong(Piece::millis)
                        .thenComparing(Comparator.comparingLong(Piece::start).reversed()))
                .map(piece -> new TimeSpan(piece.start, piece.end))
                .orElse(null);
    }

    private void cut() {
        TimeSpan range = story.range();
        Set<Long> borders = new TreeSet<>(List.of(range.startMillis(), range.endMillis()));
        story.events()
                .forEach(event -> borders.addAll(
                        List.of(span(event).startMillis(), span(event).endMillis())));
        story.watched()
                .notWatched()
                .forEach(not -> borders.addAll(
                        List.of(not.span().startMillis(), not.span().endMillis())));
        List<Long> inOrder = List.copyOf(borders);
        List<VideoEvent> going = new ArrayList<>();
        int next = 0;
        for (int i = 0; i + 1 < inOrder.size(); i++) {
            long start = inOrder.get(i);
            while (next < story.events().size()
                    && span(story.events().get(next)).startMillis() <= start) {
                going.add(story.events().get(next++));
            }
            going.removeIf(event -> span(event).endMillis() <= start);
            pieces.add(piece(start, inOrder.get(i + 1), going));
        }
    }

    private Piece piece(long start, long end, List<VideoEvent> going) {
        Map<String, Double> words = new HashMap<>();
        going.forEach(event -> wordsOf.computeIfAbsent(event.text(), Chapters::words)
                .forEach(word -> words.merge(word, (double) (end - start), Double::sum)));
        Kind kind = Kind.LIVELY;
        if (going.isEmpty()) {
            boolean looked = story.watched().notWatched().stream()
                    .noneMatch(
                            not -> not.span().startMillis() < end && not.span().endMillis() > start);
            kind = looked ? Kind.QUIET : Kind.UNWATCHED;
        }
        return new Piece(start, end, kind, words);
    }

    private TimeSpan span(VideoEvent event) {
        TimeSpan inside = story.inside(event);
        long end = Math.min(
                story.range().endMillis(), Math.max(inside.endMillis(), inside.startMillis() + INSTANT_MILLIS));
        return new TimeSpan(inside.startMillis(), Math.max(inside.startMillis(), end));
    }

    private static List<String> words(String text) {
        return Stream.of(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty() && !EMPTY_WORDS.contains(word))
                .toList();
    }

    /** Neighbours of one kind in which nothing happens, and those in which the very same does. */
    private void joinSame() {
        for (int i = pieces.size() - 1; i > 0; i--) {
            Piece before = pieces.get(i - 1);
            Piece after = pieces.get(i);
            boolean same = before.kind == after.kind
                    && (before.kind != Kind.LIVELY || before.words.keySet().equals(after.words.keySet()));
            if (same) {
                join(i - 1);
            }
        }
    }

    private void joinShortQuiet() {
        long least = Math.max(LEAST_QUIET_MILLIS, story.range().millis() / 30);
        for (int i = shortest(piece -> piece.kind != Kind.LIVELY && piece.millis() < least, true);
                i >= 0;
                i = shortest(piece -> piece.kind != Kind.LIVELY && piece.millis() < least, true)) {
            boolean before = i > 0 && (pieces.get(i - 1).kind == Kind.LIVELY || i + 1 == pieces.size());
            join(before ? i - 1 : i);
        }
    }

    private void joinAlike() {
        long least = Math.max(LEAST_MILLIS, story.range().millis() / 60);
        // likeness is kept from round to round: working it out anew for thousands of neighbours takes minutes
        List<Double> alike = new ArrayList<>();
        for (int i = 0; i + 1 < pieces.size(); i++) {
            alike.add(alike(i));
        }
        for (int best = mostAlike(alike, least); best >= 0; best = mostAlike(alike, least)) {
            join(best);
            alike.remove(best);
            for (int i = Math.max(0, best - 1); i <= best && i < alike.size(); i++) {
                alike.set(i, alike(i));
            }
        }
    }

    /** How alike a piece and the next one are, from 0 to 1; -1 when nothing happens in one of them. */
    private double alike(int first) {
        Piece piece = pieces.get(first);
        Piece next = pieces.get(first + 1);
        return piece.kind == Kind.LIVELY && next.kind == Kind.LIVELY ? piece.alike(next) : -1;
    }

    /** The first of the most alike neighbours that join, or -1. */
    private int mostAlike(List<Double> alike, long least) {
        int best = -1;
        for (int i = 0; i < alike.size(); i++) {
            boolean joins = alike.get(i) >= ALIKE
                    || alike.get(i) >= 0
                            && Math.min(
                                            pieces.get(i).millis(),
                                            pieces.get(i + 1).millis())
                                    < least;
            if (joins && (best < 0 || alike.get(i) > alike.get(best))) {
                best = i;
            }
        }
        return best;
    }

    private void joinUntilFew() {
        while (pieces.size() > MOST) {
            int i = shortest(piece -> true, false);
            boolean before = i > 0
                    && (i + 1 == pieces.size()
                            || pieces.get(i - 1).millis() <= pieces.get(i + 1).millis());
            join(before ? i - 1 : i);
        }
    }

    /** The first of the shortest pieces that are wanted, or -1. */
    private int shortest(Predicate<Piece> wanted, boolean withNeighbour) {
        int shortest = -1;
        for (int i = 0; i < pieces.size(); i++) {
            boolean candidate = wanted.test(pieces.get(i)) && !(withNeighbour && pieces.size() == 1);
            if (candidate
                    && (shortest < 0
                            || pieces.get(i).millis() < pieces.get(shortest).millis())) {
                shortest = i;
            }
        }
        return shortest;
    }

    private void join(int first) {
        Piece joined = pieces.get(first).joined(pieces.remove(first + 1));
        pieces.set(first, joined);
    }

    private Chapter chapter(Piece piece) {
        List<VideoEvent> events = story.events().stream()
                .filter(event ->
                        span(event).startMillis() < piece.end && span(event).endMillis() > piece.start)
                .toList();
        return new Chapter(new TimeSpan(piece.start, piece.end), piece.kind, events);
    }
}
