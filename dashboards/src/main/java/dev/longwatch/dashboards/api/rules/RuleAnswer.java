// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.rules;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.longwatch.dashboards.api.http.ClockTime;
import dev.longwatch.dashboards.config.LongwatchConfig;
import dev.longwatch.dashboards.config.WeeklyHours;
import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.alert.AlertRule.Alerting;
import dev.longwatch.indexer.alert.AlertRule.Kind;
import dev.longwatch.indexer.alert.AlertRule.Step;
import dev.longwatch.indexer.alert.Schedule;
import dev.longwatch.indexer.search.Judged;
import dev.longwatch.indexer.search.Precision;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A rule as it is answered; of {@code when}, {@code absent} and {@code sequence} there is one.
 *
 * @param from {@code file} or {@code index}
 * @param threshold null for a sequence, which asks the model nothing
 * @param schedule null for always
 * @param alert whether its events are alerts
 * @param trueAlarms how many of its alerts people found right
 * @param precision null when nobody has judged any
 * @param suggestedThreshold see {@link Judged#suggestedThreshold}
 */
record RuleAnswer(
        String name,
        String from,
        @Nullable String when,
        @Nullable String absent,
        @Nullable List<Step> sequence,
        @Nullable BigDecimal withinSeconds,
        List<String> streams,
        @Nullable Double threshold,
        BigDecimal minDurationSeconds,
        BigDecimal mergeSeconds,
        BigDecimal cooldownSeconds,
        String severity,
        @Nullable Hours schedule,
        @JsonProperty("notify") List<String> channels,
        boolean alert,
        List<String> labels,
        int trueAlarms,
        int falseAlarms,
        @Nullable Precision precision,
        @Nullable Double suggestedThreshold) {

    /** When people want to hear of it. */
    record Hours(String zone, List<String> active, List<String> quiet) {

        static @Nullable Hours of(Schedule schedule) {
            return schedule.equals(Schedule.ALWAYS)
                    ? null
                    : new Hours(
                            schedule.zone(),
                            schedule.active().stream().map(WeeklyHours::text).toList(),
                            schedule.quiet().stream().map(WeeklyHours::text).toList());
        }
    }

    static RuleAnswer of(AlertRule rule, LongwatchConfig config, Judged judged) {
        boolean asks = rule.asksTheModel();
        Alerting alerting = rule.alerting();
        OptionalDouble suggested = asks ? judged.suggestedThreshold(rule.threshold()) : OptionalDouble.empty();
        return new RuleAnswer(
                rule.name(),
                LongwatchConfig.INDEX.equals(config.rulePlaces().get(rule.name())) ? "index" : "file",
                rule.kind() == Kind.SEEN ? rule.when() : null,
                rule.kind() == Kind.ABSENT ? rule.when() : null,
                asks ? null : rule.steps(),
                asks ? null : ClockTime.seconds(rule.withinMillis()),
                rule.streams(),
                asks ? rule.threshold() : null,
                ClockTime.seconds(rule.minMillis()),
                ClockTime.seconds(rule.mergeMillis()),
                ClockTime.seconds(alerting.cooldownMillis()),
                alerting.severity().name().toLowerCase(Locale.ROOT),
                Hours.of(alerting.schedule()),
                alerting.channels(),
                alerting.raised(),
                rule.labels(),
                judged.trueAlarms().size(),
                judged.falseAlarms().size(),
                judged.precision().orElse(null),
                suggested.isPresent() ? suggested.getAsDouble() : null);
    }
}
