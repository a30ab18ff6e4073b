// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.videos;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.longwatch.dashboards.api.events.EventAnswer;
import dev.longwatch.dashboards.api.http.ClockTime;
import dev.longwatch.dashboards.api.http.HttpProblem;
import dev.longwatch.dashboards.api.http.Input;
import dev.longwatch.dashboards.api.http.TimeInput;
import dev.longwatch.indexer.alert.Alert;
import dev.longwatch.indexer.coverage.Coverage;
import dev.longwatch.indexer.coverage.CoverageSpan;
import dev.longwatch.indexer.coverage.CoverageSpan.State;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.indexer.search.AlertFilter;
import dev.longwatch.indexer.search.AlertPage;
import dev.longwatch.indexer.search.AlertSearch;
import dev.longwatch.indexer.search.CoverageLedger;
import dev.longwatch.indexer.search.CoverageLedger.Stretch;
import dev.longwatch.indexer.search.EventFilter;
import dev.longwatch.indexer.search.EventListing;
import dev.longwatch.indexer.search.EventListing.Order;
import dev.longwatch.indexer.search.Timeline;
import dev.longwatch.indexer.search.VideoCatalog;
import dev.longwatch.indexer.search.VideoCatalog.Video;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** {@code /videos/{video}/timeline}: what happened in a stretch of a video, and what nobody looked at. */
public final class TimelineRoute {

    private static final Duration LONGEST = Duration.ofDays(31);
    private static final int PAGE = 1_000;
    /** More are counted instead. */
    private static final int MOST_EVENTS = 2_000;

    private static final int BUCKETS = 500;

    /** @param severity of its alert; null when it is none */
    private record Happened(@JsonUnwrapped EventAnswer event, @Nullable String severity, boolean alert) {}

    private record Span(String kind, ClockTime from, ClockTime to, String reason) {}

    private record Rate(ClockTime from, ClockTime to, double framesPerSecond, String sampling) {}

    private record Bucket(ClockTime from, ClockTime to, Map<String, Long> events) {}

    /** @param buckets instead of events, where there are too many; null where there are not */
    private record Answer(
            List<String> rules,
            List<Happened> events,
            List<Span> coverage,
            List<Rate> rates,
            Curves probabilities,
            @Nullable List<Bucket> buckets) {}

    private final VideoCatalog catalog;
    private final EventListing events;
    private final AlertSearch alerts;
    private final CoverageLedger ledger;
    private final Timeline counts;

    public TimelineRoute(
            VideoCatalog catalog, EventListing events, AlertSearch alerts, CoverageLedger ledger, Timeline counts) {
        this.catalog = catalog;
        this.events = events;
        this.alerts = alerts;
        this.ledger = ledger;
        this.counts = counts;
    }

    public void get(Context context) {
        Input query = Input.ofQuery(context);
        @Nullable TimeInput from = query.time("from");
        @Nullable TimeInput to = query.time("to");
        query.done();
        String name = context.pathParam("video");
        Video video = catalog.find(name).orElseThrow(() -> HttpProblem.notFound("nothing of that name was watched"));
        Looked looked = Looked.at(video, ledger);
        long begin = from == null ? looked.fromMillis() : looked.millis(from);
        long usual = from == null ? looked.toMillis() : Math.max(looked.toMillis(), begin + 1);
        long end = to == null ? usual : looked.millis(to);
        if (end <= begin) {
            throw HttpProblem.invalid(to == null ? "from" : "to", "expected a stretch that ends after it begins");
        }
        if (end - begin > LONGEST.toMillis()) {
            throw HttpProblem.invalid(
                    from == null ? "to" : "from", "expected a stretch of at most " + LONGEST.toDays() + " days");
        }
        context.json(answer(name, looked, begin, end));
    }

    private Answer answer(String name, Looked looked, long begin, long end) {
        Stretch stretch = looked.read(ledger, name, begin, end, Curves.stepMillis(begin, end));
        Coverage coverage = stretch.coverage();
        Curves curves = Curves.of(stretch.peaks(), looked.time(begin));
        List<Span> spans = coverage.spans().stream()
                .map(span -> new Span(
                        kind(span.state()), looked.time(span.fromMillis()), looked.time(span.toMillis()), span.why()))
                .toList();
        List<VideoEvent> found = new ArrayList<>();
        if (!listed(name, begin, end, found)) {
            return counted(name, looked, begin, end, spans, rates(coverage, looked, List.of()), curves);
        }
        Map<String, Alert> raised = raised(name, begin, end);
        return new Answer(
                List.copyOf(new TreeSet<>(found.stream().map(VideoEvent::rule).toList())),
                found.stream()
                        .map(event -> happened(event, raised.get(event.id())))
                        .toList(),
                spans,
                rates(coverage, looked, found),
                curves,
                null);
    }

    /** False when there are too many. */
    private boolean listed(String name, long begin, long end, List<VideoEvent> found) {
        EventFilter filter =
                EventFilter.ALL.inStreams(name).between(Instant.ofEpochMilli(begin), Instant.ofEpochMilli(end));
        @Nullable String cursor = null;
        do {
            EventListing.Page page = events.page(filter, Order.OLDEST, cursor, PAGE);
            found.addAll(page.events());
            cursor = page.next();
        } while (cursor != null && found.size() < MOST_EVENTS);
        return cursor == null;
    }

    private Map<String, Alert> raised(String name, long begin, long end) {
        AlertFilter filter = AlertFilter.ALL
                .inStreams(List.of(name))
                .between(Instant.ofEpochMilli(begin), Instant.ofEpochMilli(end));
        Map<String, Alert> raised = new HashMap<>();
        String cursor = "";
        do {
            AlertPage page = alerts.list(filter, PAGE, cursor);
            page.alerts().forEach(each -> raised.put(each.alert().id(), each.alert()));
            cursor = page.next();
        } while (!cursor.isEmpty());
        return raised;
    }

    private Answer counted(
            String name, Looked looked, long begin, long end, List<Span> spans, List<Rate> rates, Curves curves) {
        Timeline.Zoom zoom = counts.of(name, begin, end, (end - begin - 1) / BUCKETS + 1);
        return new Answer(
                List.copyOf(new TreeSet<>(zoom.totals().keySet())),
                List.of(),
                spans,
                rates,
                curves,
                zoom.buckets().stream()
                        .filter(bucket -> !bucket.events().isEmpty())
                        .map(bucket -> new Bucket(
                                looked.time(bucket.fromMillis()), looked.time(bucket.toMillis()), bucket.events()))
                        .toList());
    }

    private static Happened happened(VideoEvent event, @Nullable Alert alert) {
        return new Happened(
                EventAnswer.of(event),
                alert == null ? null : alert.severity().name().toLowerCase(Locale.ROOT),
                alert != null);
    }

    /** In words as the events of that time say it, where there are any. */
    private static List<Rate> rates(Coverage coverage, Looked looked, List<VideoEvent> found) {
        List<Rate> rates = new ArrayList<>();
        for (CoverageSpan span : coverage.spans()) {
            if (span.state() == State.ANALYSED) {
                String words = found.stream()
                        .filter(event -> event.framesPerSecond() == span.framesPerSecond())
                        .map(VideoEvent::sampling)
                        .findFirst()
                        .orElse("");
                rates.add(new Rate(
                        looked.time(span.fromMillis()), looked.time(span.toMillis()), span.framesPerSecond(), words));
            }
        }
        return rates;
    }

    private static String kind(State state) {
        return state == State.RECORDED ? "waiting" : state.name().toLowerCase(Locale.ROOT);
    }
}
