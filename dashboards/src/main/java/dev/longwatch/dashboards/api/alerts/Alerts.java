// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.alerts;

import dev.longwatch.dashboards.api.http.HttpProblem;
import dev.longwatch.dashboards.api.http.Input;
import dev.longwatch.dashboards.api.http.TimeInput;
import dev.longwatch.indexer.alert.Alert;
import dev.longwatch.indexer.alert.Handling;
import dev.longwatch.indexer.alert.Handling.Verdict;
import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.indexer.search.AlertDesk;
import dev.longwatch.indexer.search.AlertFilter;
import dev.longwatch.indexer.search.AlertPage;
import dev.longwatch.indexer.search.AlertSearch;
import dev.longwatch.indexer.search.VideoCatalog;
import io.javalin.http.Context;
import java.time.Clock;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** {@code /alerts}: what concerns somebody, and what people do about it. */
public final class Alerts {

    private static final int LONGEST_WHO = 200;
    private static final int LONGEST_REASON = 1_000;

    private static final UnaryOperator<Handling> NOTHING = handling -> handling;

    private static final int LIMIT = 50;
    private static final int LONGEST_CURSOR = 4_000;

    /**
     * @param total how many there are, on this page or not
     * @param next null on the last page
     */
    private record Page(List<AlertAnswer> alerts, long total, @Nullable String next) {}

    private final AlertSearch search;
    private final AlertDesk desk;
    private final AlertFilters filters;
    private final Clock clock;

    public Alerts(AlertSearch search, AlertDesk desk, VideoCatalog catalog, Clock clock) {
        this.search = search;
        this.desk = desk;
        filters = new AlertFilters(catalog);
        this.clock = clock;
    }

    /** The newest first. */
    public void list(Context context) {
        Input query = Input.ofQuery(context);
        AlertFilter filter = filters.read(query);
        int limit = query.number("limit", 1, AlertSearch.HIGHEST_LIMIT, LIMIT);
        String cursor = query.text("cursor", LONGEST_CURSOR);
        query.done();
        AlertPage page = page(filter, limit, cursor);
        context.json(new Page(
                page.alerts().stream().map(AlertAnswer::of).toList(),
                page.total(),
                page.next().isEmpty() ? null : page.next()));
    }

    private AlertPage page(AlertFilter filter, int limit, String cursor) {
        try {
            return search.list(filter, limit, cursor);
        } catch (IndexException e) {
            if (e.reason() == IndexException.Reason.BAD_REQUEST && !cursor.isEmpty()) {
                throw HttpProblem.invalid("cursor", String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }

    public void get(Context context) {
        Input.ofQuery(context).done();
        String id = context.pathParam("id");
        context.json(search.withId(id, 1).stream()
                .filter(each -> each.alert().id().equals(id))
                .findFirst()
                .map(AlertAnswer::of)
                .orElseThrow(Alerts::unknown));
    }

    /** Does what the body names and leaves the rest as it is. */
    public void handle(Context context) {
        Input.ofQuery(context).done();
        Input body = Input.ofBody(context);
        UnaryOperator<Handling> change = change(body);
        if (change.equals(NOTHING)) {
            body.refuse("body", "expected something to do about the alert, found nothing");
        }
        body.done();
        Alert alert = known(context);
        context.json(AlertAnswer.of(alert, desk.handle(alert, change)));
    }

    private UnaryOperator<Handling> change(Input body) {
        long now = clock.millis();
        UnaryOperator<Handling> change = NOTHING;
        if (body.has("acknowledged_by")) {
            String by = body.text("acknowledged_by", LONGEST_WHO);
            change = then(change, handling -> handling.acknowledged(by, now));
        }
        if (body.has("assigned_to")) {
            String to = body.text("assigned_to", LONGEST_WHO);
            change = then(change, handling -> handling.assigned(to, now));
        }
        if (body.has("snoozed_until")) {
            TimeInput until = body.time("snoozed_until");
            long millis = until == null ? 0 : until.millis();
            change = then(change, handling -> handling.snoozed(millis, now));
        }
        boolean judged = body.has("verdict");
        if (body.has("verdict_reason") && !judged) {
            body.refuse("verdict_reason", "expected a verdict beside its reason");
        }
        if (judged) {
            Verdict verdict = body.choice("verdict", Verdict.class, Verdict.OPEN);
            String reason = body.text("verdict_reason", LONGEST_REASON);
            change = then(change, handling -> handling.judged(verdict, reason, now));
        }
        return change;
    }

    private static UnaryOperator<Handling> then(UnaryOperator<Handling> first, UnaryOperator<Handling> second) {
        return handling -> second.apply(first.apply(handling));
    }

    private Alert known(Context context) {
        return desk.alert(context.pathParam("id")).orElseThrow(Alerts::unknown);
    }

    private static HttpProblem unknown() {
        return HttpProblem.notFound("there is no alert of that id");
    }
}
