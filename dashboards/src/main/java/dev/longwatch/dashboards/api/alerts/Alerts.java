// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.alerts;

import dev.longwatch.dashboards.api.http.HttpProblem;
import dev.longwatch.dashboards.api.http.Input;
import dev.longwatch.dashboards.api.http.TimeInput;
import dev.longwatch.indexer.alert.Alert;
import dev.longwatch.indexer.alert.Handling;
import dev.longwatch.indexer.alert.Handling.Verdict;
import dev.longwatch.indexer.search.AlertDesk;
import io.javalin.http.Context;
import java.time.Clock;
import java.util.function.UnaryOperator;

/** {@code /alerts}: what concerns somebody, and what people do about it. */
public final class Alerts {

    private static final int LONGEST_WHO = 200;
    private static final int LONGEST_REASON = 1_000;

    private static final UnaryOperator<Handling> NOTHING = handling -> handling;

    private final AlertDesk desk;
    private final Clock clock;

    public Alerts(AlertDesk desk, Clock clock) {
        this.desk = desk;
        this.clock = clock;
    }

    public void get(Context context) {
        Input.ofQuery(context).done();
        Alert alert = known(context);
        context.json(AlertAnswer.of(alert, desk.handling(alert)));
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
        return desk.alert(context.pathParam("id"))
                .orElseThrow(() -> HttpProblem.notFound("there is no alert of that id"));
    }
}
