// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.alert;

import dev.longwatch.indexer.alert.Alert;
import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.alert.Snooze;
import dev.longwatch.indexer.event.VideoEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The alerts of one stream and rule that may still change. Plain logic without Flink: changes of events go in, and each
 * returns its alert as it stands then.
 *
 * <p>Cooldown and schedule are judged by the wall clock of the video, so that an hour of footage read in a minute is judged
 * as it would have been live. A held alert is judged again with every change: it is delivered late when the event outlasts
 * what held it.
 */
public final class Alerts {

    /** {@link #deliveredAtMillis} before anything was delivered. */
    static final long NEVER = Long.MIN_VALUE;

    private final AlertRule rule;
    private final Snoozes snoozes;
    private final Map<String, Alert> open = new LinkedHashMap<>();
    private long deliveredAtMillis;

    /**
     * @param rule of all these alerts
     * @param open as the last change left them
     * @param deliveredAtMillis second of the video, on the wall clock, of the last delivery; {@link #NEVER} for none
     */
    public Alerts(AlertRule rule, Iterable<Alert> open, long deliveredAtMillis, Snoozes snoozes) {
        this.rule = rule;
        this.snoozes = snoozes;
        this.deliveredAtMillis = deliveredAtMillis;
        open.forEach(alert -> this.open.put(alert.id(), alert));
    }

    List<Alert> open() {
        return List.copyOf(open.values());
    }

    /** Whether an event is an alert that may still change. */
    boolean isOpen(VideoEvent event) {
        return open.containsKey(event.id());
    }

    long deliveredAtMillis() {
        return deliveredAtMillis;
    }

    /**
     * What a change of an event means.
     *
     * @param alert as it stands now
     * @param notices whom to tell: at most one
     */
    public record Change(Alert alert, List<Notice> notices) {}

    /**
     * Takes a change of an event.
     *
     * @param nowMillis milliseconds since 1970 UTC
     * @return nothing when the event is no alert yet
     */
    public Optional<Change> take(VideoEvent event, long nowMillis) {
        Alert before = open.get(event.id());
        if (before == null && event.span().millis() < rule.minMillis()) {
            return Optional.empty();
        }
        Alert alert = judged(event, before, nowMillis);
        if (alert.state() == Alert.State.OPEN) {
            open.put(alert.id(), alert);
        } else {
            open.remove(alert.id());
        }
        return Optional.of(new Change(alert, notices(alert, before)));
    }

    private Alert judged(VideoEvent event, @Nullable Alert before, long nowMillis) {
        long raisedAtMillis = before == null ? nowMillis : before.raisedAtMillis();
        if (before != null && before.delivered()) {
            return Alert.of(event, asTold(before), Alert.Hold.NONE, "", raisedAtMillis);
        }
        Alert free = Alert.of(event, rule.alerting(), Alert.Hold.NONE, "", raisedAtMillis);
        Alert alert = held(free, nowMillis)
                .map(hold -> Alert.of(event, rule.alerting(), hold.hold(), hold.reason(), raisedAtMillis))
                .orElse(free);
        if (alert.delivered()) {
            deliveredAtMillis = Math.max(deliveredAtMillis, alert.endedAtMillis());
        }
        return alert;
    }

    /** Who was told that it began is told that it has ended, whatever the rule says by then. */
    private AlertRule.Alerting asTold(Alert before) {
        AlertRule.Alerting now = rule.alerting();
        return new AlertRule.Alerting(
                now.raised(), before.severity(), now.cooldownMillis(), now.schedule(), before.channels());
    }

    private record Held(Alert.Hold hold, String reason) {}

    private Optional<Held> held(Alert alert, long nowMillis) {
        AlertRule.Alerting alerting = rule.alerting();
        if (!alerting.raised()) {
            return Optional.of(new Held(Alert.Hold.NOBODY, "the rule raises no alerts any more"));
        }
        if (alerting.channels().isEmpty()) {
            return Optional.of(new Held(Alert.Hold.NOBODY, "the rule names no channel"));
        }
        if (!alerting.schedule().permits(alert.startedAtMillis())
                && !alerting.schedule().permits(alert.endedAtMillis())) {
            return Optional.of(new Held(
                    Alert.Hold.SCHEDULE,
                    "not at this hour in " + alerting.schedule().zone()));
        }
        Optional<Snooze> snooze = snoozes.covering(alert.stream(), alert.rule(), nowMillis);
        if (snooze.isPresent()) {
            return Optional.of(new Held(
                    Alert.Hold.SNOOZE, "snoozed until " + instant(snooze.get().untilMillis())));
        }
        if (deliveredAtMillis != NEVER && alert.endedAtMillis() < deliveredAtMillis + alerting.cooldownMillis()) {
            return Optional.of(new Held(
                    Alert.Hold.COOLDOWN,
                    "less than " + words(alerting.cooldownMillis()) + " after the one told of at "
                            + instant(deliveredAtMillis)));
        }
        return Optional.empty();
    }

    private static List<Notice> notices(Alert alert, @Nullable Alert before) {
        boolean told = before != null && before.delivered();
        List<Notice> notices = new ArrayList<>();
        if (alert.delivered() && !told) {
            notices.add(new Notice(alert, false));
        } else if (told && alert.state() == Alert.State.CLOSED) {
            notices.add(new Notice(alert, true));
        }
        return notices;
    }

    private static String instant(long millis) {
        return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** {@code 10m}, {@code 1h30m}, {@code 2.5s}. */
    private static String words(long millis) {
        return Duration.ofMillis(millis).toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
