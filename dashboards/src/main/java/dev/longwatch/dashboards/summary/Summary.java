// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.summary;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.longwatch.dashboards.summary.Chapters.Chapter;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.event.VideoEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a stream on one page, as it is written as JSON: the keys are the components in snake case, and documented in
 * {@code docs/ask.md}. Every sentence carries the seconds it rests on.
 *
 * @param schema of these keys
 * @param clock {@code video} or {@code wall}
 * @param zero wall clock at which the stream's clock begins, ISO-8601
 * @param span the stretch
 * @param events how many lie in it or reach into it
 * @param eventsLeftOut how many more there were, which were too many to tell
 * @param rules with the most events first
 * @param longestQuiet in which somebody looked and saw nothing; null when there is none
 * @param chapters in order, without gaps
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Summary(
        int schema,
        String stream,
        String clock,
        String zero,
        Span span,
        long watchedMs,
        List<NotWatched> notWatched,
        int events,
        long eventsLeftOut,
        List<Rule> rules,
        @Nullable Span longestQuiet,
        List<Part> chapters) {

    /** Grows when a key changes its meaning. */
    public static final int SCHEMA = 1;

    /** The title is made of the events' own words. */
    public static final String COMPOSED = "composed";

    private static final int MOST_IN_TITLE = 3;
    private static final int MOST_SENTENCES = 6;
    private static final int MOST_RESTS = 100;

    /** Seconds: on the stream's clock, for people and for programs. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Span(String start, String end, long startMs, long endMs) {

        static Span of(TimeSpan span) {
            return new Span(
                    StreamClock.of(span.startMillis()),
                    StreamClock.of(span.endMillis()),
                    span.startMillis(),
                    span.endMillis());
        }

        TimeSpan time() {
            return new TimeSpan(startMs, endMs);
        }
    }

    /** Seconds nobody looked at, and why. */
    public record NotWatched(Span span, String state, String why) {}

    /** A rule's events: how many, how long together, the first, the last and the longest. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Rule(String rule, int events, long totalMs, Span first, Span last, Span longest, double confidence) {}

    /**
     * A chapter.
     *
     * @param kind {@code lively}, {@code quiet} or {@code unwatched}
     * @param titleBy {@link #COMPOSED}, else the fingerprint of the model that wrote it from the sentences' events
     * @param events how many begin in it
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Part(Span span, String kind, String title, String titleBy, int events, List<Sentence> sentences) {

        /** The same with a title that a model wrote. */
        public Part titled(String words, String model) {
            return new Part(span, kind, words, model, events, sentences);
        }
    }

    /**
     * A statement.
     *
     * @param rests the seconds it rests on, by their beginning, at most a hundred; of "nothing was seen" the seconds in which
     *     somebody looked
     * @param confidence of the surest of them; 1 for what is no event
     */
    public record Sentence(String text, List<Span> rests, double confidence) {}

    /** What a story comes to. */
    public static Summary of(Story story) {
        List<Chapter> chapters = Chapters.of(story);
        TimeSpan quiet = Chapters.longestQuiet(story);
        return new Summary(
                SCHEMA,
                story.stream(),
                StreamClock.isWallClock(story.range().endMillis()) ? "wall" : "video",
                Instant.ofEpochMilli(story.zeroMillis()).toString(),
                Span.of(story.range()),
                story.watched().watchedMillis(),
                story.watched().notWatched().stream()
                        .map(not -> new NotWatched(Span.of(not.span()), not.state(), not.why()))
                        .toList(),
                story.events().size(),
                story.leftOut(),
                rules(story),
                quiet == null ? null : Span.of(quiet),
                chapters.stream().map(chapter -> part(chapter, chapters, story)).toList());
    }

    /** The same with other chapters' titles. */
    public Summary with(List<Part> titled) {
        return new Summary(
                schema,
                stream,
                clock,
                zero,
                span,
                watchedMs,
                notWatched,
                events,
                eventsLeftOut,
                rules,
                longestQuiet,
                List.copyOf(titled));
    }

    private static List<Rule> rules(Story story) {
        return grouped(story.events(), VideoEvent::rule).stream()
                .map(events -> rule(events, story))
                .sorted(Comparator.comparingInt(Rule::events)
                        .reversed()
                        .thenComparing(rule -> rule.first().startMs())
                        .thenComparing(Rule::rule))
                .toList();
    }

    private static Collection<List<VideoEvent>> grouped(List<VideoEvent> events, Function<VideoEvent, String> by) {
        return events.stream()
                .collect(Collectors.groupingBy(by, LinkedHashMap::new, Collectors.toList()))
                .values();
    }

    private static Rule rule(List<VideoEvent> events, Story story) {
        List<TimeSpan> spans = events.stream().map(story::inside).toList();
        TimeSpan longest = spans.stream()
                .reduce((one, other) -> other.millis() > one.millis() ? other : one)
                .orElseThrow();
        return new Rule(
                events.get(0).rule(),
                events.size(),
                spans.stream().mapToLong(TimeSpan::millis).sum(),
                Span.of(spans.get(0)),
                Span.of(spans.get(spans.size() - 1)),
                Span.of(longest),
                confidence(events));
    }

    private static double confidence(List<VideoEvent> events) {
        return events.stream().mapToDouble(VideoEvent::confidence).max().orElse(1);
    }

    private static Part part(Chapter chapter, List<Chapter> all, Story story) {
        String kind = chapter.kind().name().toLowerCase(Locale.ROOT);
        Span span = Span.of(chapter.span());
        if (chapter.events().isEmpty()) {
            String said = chapter.kind() == Chapters.Kind.QUIET ? "Nothing was seen" : "Nobody looked";
            List<Sentence> only = List.of(new Sentence(said + ".", List.of(span), 1));
            return new Part(span, kind, said, COMPOSED, 0, only);
        }
        List<List<VideoEvent>> telling = telling(chapter, all);
        String title = telling.stream()
                .limit(MOST_IN_TITLE)
                .sorted(Comparator.comparingLong(events -> events.get(0).span().startMillis()))
                .map(events -> bare(events.get(0).text()))
                .collect(Collectors.joining(", "));
        List<Sentence> sentences = telling.stream()
                .limit(MOST_SENTENCES)
                .sorted(Comparator.comparingLong(events -> events.get(0).span().startMillis()))
                .map(events -> sentence(events, story))
                .toList();
        int begun = (int) chapter.events().stream()
                .filter(event -> story.inside(event).startMillis() >= span.startMs())
                .count();
        return new Part(span, kind, capital(title), COMPOSED, begun, sentences);
    }

    /** What a chapter's events say, each text once, first what the other chapters do not have. */
    private static List<List<VideoEvent>> telling(Chapter chapter, List<Chapter> all) {
        Map<String, Double> weights = new LinkedHashMap<>();
        List<List<VideoEvent>> texts = new ArrayList<>(grouped(chapter.events(), VideoEvent::text));
        long lively = all.stream().filter(other -> !other.events().isEmpty()).count();
        for (List<VideoEvent> events : texts) {
            String text = events.get(0).text();
            long having = all.stream()
                    .filter(other -> other.events().stream()
                            .anyMatch(event -> event.text().equals(text)))
                    .count();
            weights.put(text, events.size() * Math.log(1 + (double) lively / having) * confidence(events));
        }
        texts.sort(Comparator.comparingDouble(
                events -> -weights.getOrDefault(events.get(0).text(), 0.0)));
        return texts;
    }

    private static Sentence sentence(List<VideoEvent> events, Story story) {
        String times = events.size() == 1 ? "" : ", " + events.size() + " times";
        return new Sentence(
                capital(bare(events.get(0).text())) + times + ".",
                events.stream()
                        .limit(MOST_RESTS)
                        .map(event -> Span.of(story.inside(event)))
                        .toList(),
                confidence(events));
    }

    private static String bare(String text) {
        return text.strip().replaceFirst("[.\\s]+$", "");
    }

    private static String capital(String words) {
        return words.isEmpty() ? words : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
