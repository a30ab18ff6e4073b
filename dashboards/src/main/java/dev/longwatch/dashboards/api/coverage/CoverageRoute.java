// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.coverage;

import dev.longwatch.dashboards.api.http.ClockTime;
import dev.longwatch.dashboards.api.http.Input;
import dev.longwatch.dashboards.api.http.TimeInput;
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
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code /coverage}: what became of every second of a stretch of a stream, on the wall clock. */
public final class CoverageRoute {

    private static final Duration LONGEST = Duration.ofDays(31);
    private static final Duration USUAL = Duration.ofDays(1);

    private record Span(ClockTime from, ClockTime to, String state, String why, double framesPerSecond) {

        static Span of(CoverageSpan span) {
            return new Span(
                    ClockTime.wall(span.fromMillis()),
                    ClockTime.wall(span.toMillis()),
                    span.state().name().toLowerCase(Locale.ROOT),
                    span.why(),
                    span.framesPerSecond());
        }
    }

    /** @param seconds in each state; they add up to the whole stretch */
    private record Answer(
            String stream, ClockTime from, ClockTime to, Map<String, BigDecimal> seconds, List<Span> spans) {}

    private final CoverageLedger ledger;
    private final VideoCatalog catalog;

    public CoverageRoute(CoverageLedger ledger, VideoCatalog catalog) {
        this.ledger = ledger;
        this.catalog = catalog;
    }

    public void get(Context context) {
        Input query = Input.ofQuery(context);
        String stream = query.words("stream", 500);
        @Nullable TimeInput from = query.time("from");
        @Nullable TimeInput to = query.time("to");
        Optional<Video> video = stream.isBlank() ? Optional.empty() : catalog.find(stream);
        if (!stream.isBlank() && video.isEmpty()) {
            query.refuse("stream", "nothing of that name was watched: '" + stream + "'");
        }
        long end = to != null ? to.millis() : video.map(Video::toMillis).orElse(1L);
        long start = from != null
                ? from.millis()
                : Math.max(
                        end - USUAL.toMillis(),
                        Math.min(end - 1, video.map(Video::fromMillis).orElse(0L)));
        if (end <= start) {
            query.refuse(to == null ? "from" : "to", "expected a stretch that ends after it begins");
        } else if (end - start > LONGEST.toMillis()) {
            query.refuse(from == null ? "to" : "from", "expected a stretch of at most " + LONGEST.toDays() + " days");
        }
        query.done();
        context.json(answer(stream, ledger.of(stream, start, end)));
    }

    private static Answer answer(String stream, Coverage coverage) {
        Map<String, BigDecimal> seconds = new TreeMap<>();
        coverage.millis()
                .forEach((state, millis) ->
                        seconds.put(state.name().toLowerCase(Locale.ROOT), ClockTime.seconds(millis)));
        seconds.put("unknown", ClockTime.seconds(coverage.unknownMillis()));
        return new Answer(
                stream,
                ClockTime.wall(coverage.fromMillis()),
                ClockTime.wall(coverage.toMillis()),
                seconds,
                coverage.spans().stream().map(Span::of).toList());
    }
}
