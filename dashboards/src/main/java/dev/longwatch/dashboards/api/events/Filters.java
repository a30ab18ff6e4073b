// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.events;

import dev.longwatch.dashboards.api.http.Input;
import dev.longwatch.dashboards.api.http.TimeInput;
import dev.longwatch.dashboards.config.Words;
import dev.longwatch.indexer.alert.Handling.Verdict;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.search.EventFilter;
import dev.longwatch.indexer.search.VideoCatalog;
import dev.longwatch.indexer.search.VideoCatalog.Video;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which events somebody means: {@code stream}, {@code rule}, {@code label}, {@code from}, {@code to}, {@code min_confidence},
 * and {@code verdict} of those that are kept. Times are dates of the wall clock, or seconds on the video's own, as on the
 * command line.
 */
public final class Filters {

    private static final int MOST_NAMED = 20;

    private final VideoCatalog catalog;

    public Filters(VideoCatalog catalog) {
        this.catalog = catalog;
    }

    /** What {@code input} says; whatever makes no sense is refused there, streams nobody has watched too. */
    public EventFilter read(Input input) {
        List<String> streams = input.names("stream");
        List<String> rules = input.names("rule");
        List<String> labels = input.names("label");
        double confidence = input.share("min_confidence", 0);
        Optional<EventFilter> time = time(input);
        requireKnown(input, streams);
        return time.map(filter -> filter.inStreams(streams.toArray(String[]::new))
                        .ofRules(rules.toArray(String[]::new))
                        .labelled(labels.toArray(String[]::new))
                        .atLeast(confidence))
                .orElse(EventFilter.ALL);
    }

    /** The same, and what people said of their alerts. */
    public EventFilter readJudged(Input input) {
        EventFilter filter = read(input);
        return filter.judged(input.choices("verdict", Verdict.class).toArray(Verdict[]::new));
    }

    private void requireKnown(Input input, List<String> streams) {
        requireKnown(catalog, input, streams);
    }

    /** Refuses streams that nobody has watched. */
    public static void requireKnown(VideoCatalog catalog, Input input, List<String> streams) {
        for (String stream : catalog.unknown(streams)) {
            input.refuse("stream", notWatched(catalog, stream));
        }
    }

    /** A sentence for who asks for what nobody has watched, with what they may have meant. */
    public static String notWatched(VideoCatalog catalog, String stream) {
        List<String> watched = catalog.page(null, VideoCatalog.HIGHEST_LIMIT).videos().stream()
                .map(Video::name)
                .toList();
        String all = watched.isEmpty() ? "; nothing was watched yet" : "; watched were " + listed(watched);
        return "nothing of that name was watched: '" + stream + "'"
                + Words.nearest(stream, watched)
                        .map(name -> "; did you mean '" + name + "'?")
                        .orElse(all);
    }

    private static String listed(List<String> names) {
        return names.size() <= MOST_NAMED
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, MOST_NAMED)) + " and others";
    }

    private static Optional<EventFilter> time(Input input) {
        TimeInput from = input.time("from");
        TimeInput to = input.time("to");
        if (from != null && to != null && from.dated() != to.dated()) {
            input.refuse("to", "expected a time like that of 'from': both dates, or both seconds of a video");
            return Optional.empty();
        }
        if (from != null && to != null && to.millis() < from.millis()) {
            input.refuse("to", "expected a time that is not before 'from'");
            return Optional.empty();
        }
        if (from == null && to == null) {
            return Optional.of(EventFilter.ALL);
        }
        boolean dated = from != null ? from.dated() : to != null && to.dated();
        if (dated) {
            return Optional.of(EventFilter.ALL.between(instant(from), instant(to)));
        }
        long end = to == null ? Long.MAX_VALUE / 2 : to.millis();
        return Optional.of(EventFilter.ALL.within(new TimeSpan(from == null ? 0 : from.millis(), end)));
    }

    private static @Nullable Instant instant(@Nullable TimeInput time) {
        return time == null ? null : Instant.ofEpochMilli(time.millis());
    }
}
