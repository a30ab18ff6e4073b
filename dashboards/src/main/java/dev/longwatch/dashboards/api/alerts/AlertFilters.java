// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.alerts;

import dev.longwatch.dashboards.api.events.Filters;
import dev.longwatch.dashboards.api.http.Input;
import dev.longwatch.dashboards.api.http.TimeInput;
import dev.longwatch.indexer.alert.Alert;
import dev.longwatch.indexer.alert.Handling.Verdict;
import dev.longwatch.indexer.alert.Severity;
import dev.longwatch.indexer.search.AlertFilter;
import dev.longwatch.indexer.search.SearchRequest;
import dev.longwatch.indexer.search.VideoCatalog;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which alerts somebody means. Times are of the wall clock. */
final class AlertFilters {

    private final VideoCatalog catalog;

    AlertFilters(VideoCatalog catalog) {
        this.catalog = catalog;
    }

    /** What {@code input} says; whatever makes no sense is refused there. */
    AlertFilter read(Input input) {
        List<String> streams = input.names("stream");
        Filters.requireKnown(catalog, input, streams);
        AlertFilter filter =
                AlertFilter.ALL.inStreams(streams).ofRules(input.names("rule")).labelled(input.names("label"));
        if (input.has("severity")) {
            filter = filter.ofSeverities(List.of(input.choice("severity", Severity.class, Severity.WARNING)));
        }
        Boolean open = input.yes("open");
        if (open != null) {
            filter = filter.inStates(List.of(open ? Alert.State.OPEN : Alert.State.CLOSED));
        }
        if (input.has("verdict")) {
            filter = filter.judged(List.of(input.choice("verdict", Verdict.class, Verdict.OPEN)));
        }
        filter =
                filter.acknowledged(input.yes("acknowledged")).withText(input.text("text", SearchRequest.LONGEST_TEXT));
        Instant from = instant(input.time("from"));
        Instant to = instant(input.time("to"));
        if (from != null && to != null && to.isBefore(from)) {
            input.refuse("to", "expected a time that is not before 'from'");
            return filter;
        }
        return filter.between(from, to);
    }

    private static @Nullable Instant instant(@Nullable TimeInput time) {
        return time == null ? null : Instant.ofEpochMilli(time.millis());
    }
}
