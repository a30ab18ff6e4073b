// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.coverage;

import dev.longwatch.dashboards.api.events.Filters;
import dev.longwatch.dashboards.api.http.ClockTime;
import dev.longwatch.dashboards.api.http.HttpProblem;
import dev.longwatch.dashboards.api.http.Input;
import dev.longwatch.dashboards.api.http.TimeInput;
import dev.longwatch.dashboards.api.videos.Looked;
import dev.longwatch.indexer.coverage.Coverage;
import dev.longwatch.indexer.coverage.CoverageSpan;
import dev.longwatch.indexer.search.CoverageLedger;
import dev.longwatch.indexer.search.VideoCatalog;
import dev.longwatch.indexer.search.VideoCatalog.Video;
import io.javalin.http.Context;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code /coverage}: what became of every second of a stretch of a stream or video. */
public final class CoverageRoute {

    private static final int LONGEST_NAME = 500;
    private static final Duration LONGEST = Duration.ofDays(31);
    private static final Duration USUAL = Duration.ofDays(1);

    /** @param why empty where there is nothing to explain */
    public record Span(ClockTime from, ClockTime to, String state, String why, double framesPerSecond) {

        static Span of(CoverageSpan span, Looked looked) {
            return new Span(
                    looked.time(span.fromMillis()),
                    looked.time(span.toMillis()),
                    span.state().name().toLowerCase(Locale.ROOT),
                    span.why(),
                    span.framesPerSecond());
        }
    }

    /** @param seconds in each state; they add up to the whole stretch */
    public record Answer(
            String stream, ClockTime from, ClockTime to, Map<String, BigDecimal> seconds, List<Span> spans) {}

    private final CoverageLedger ledger;
    private final VideoCatalog catalog;

    public CoverageRoute(CoverageLedger ledger, VideoCatalog catalog) {
        this.ledger = ledger;
        this.catalog = catalog;
    }

    public void get(Context context) {
        context.json(answer(Input.ofQuery(context)));
    }

    /** What became of the stretch that {@code input} asks for. */
    public Answer answer(Input input) {
        String stream = input.words("stream", LONGEST_NAME);
        @Nullable TimeInput from = input.time("from");
        @Nullable TimeInput to = input.time("to");
        input.done();
        Video video = catalog.find(stream)
                .orElseThrow(() -> HttpProblem.invalid("stream", Filters.notWatched(catalog, stream)));
        Looked looked = Looked.at(video, ledger);
        long end = to == null ? looked.toMillis() : looked.millis(to);
        long usual = Math.max(end - USUAL.toMillis(), Math.min(end - 1, video.fromMillis()));
        long begin = from == null ? usual : looked.millis(from);
        if (end <= begin) {
            throw HttpProblem.invalid(to == null ? "from" : "to", "expected a stretch that ends after it begins");
        }
        if (end - begin > LONGEST.toMillis()) {
            throw HttpProblem.invalid(
                    from == null ? "to" : "from", "expected a stretch of at most " + LONGEST.toDays() + " days");
        }
        return answer(stream, looked, looked.coverage(ledger, stream, begin, end));
    }

    private static Answer answer(String stream, Looked looked, Coverage coverage) {
        Map<String, BigDecimal> seconds = new TreeMap<>();
        coverage.millis()
                .forEach((state, millis) ->
                        seconds.put(state.name().toLowerCase(Locale.ROOT), ClockTime.seconds(millis)));
        seconds.put("unknown", ClockTime.seconds(coverage.unknownMillis()));
        return new Answer(
                stream,
                looked.time(coverage.fromMillis()),
                looked.time(coverage.toMillis()),
                seconds,
                coverage.spans().stream().map(span -> Span.of(span, looked)).toList());
    }
}
