// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longwatch.indexer.alert.Alert;
import dev.longwatch.indexer.alert.Alert.Hold;
import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.alert.Schedule;
import dev.longwatch.indexer.alert.Severity;
import dev.longwatch.indexer.alert.Snooze;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.event.VideoEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Seconds are of a video that was recorded from noon, UTC, on 24 November 2026. */
class AlertsTest {

    private static final long NOON = Instant.parse("2026-11-24T12:00:00Z").toEpochMilli();
    private static final Schedule ALWAYS = Schedule.ALWAYS;

    private List<Snooze> snoozes = List.of();
    private List<Alert> open = List.of();
    private long deliveredAtMillis = Alerts.NEVER;
    private long nowMillis = NOON + 3_600_000;

    @Test
    void anEventIsOneAlertThroughItsWholeLife() {
        AlertRule rule = rule(0, ALWAYS, "ops");
        Alerts.Change opened = take(rule, event("a", 1, 10, 20, VideoEvent.State.OPEN));
        nowMillis += 60_000;
        Alerts.Change grown = take(rule, event("a", 2, 10, 40, VideoEvent.State.OPEN));
        Alerts.Change closed = take(rule, event("a", 3, 10, 50, VideoEvent.State.CLOSED));

        assertThat(List.of(opened, grown, closed)).allSatisfy(change -> {
            assertThat(change.alert().id()).isEqualTo("a");
            assertThat(change.alert().delivered()).isTrue();
            assertThat(change.alert().raisedAtMillis()).isEqualTo(NOON + 3_600_000);
        });
        assertThat(opened.notices()).containsExactly(new Notice(opened.alert(), false));
        assertThat(grown.notices()).isEmpty();
        assertThat(closed.notices()).containsExactly(new Notice(closed.alert(), true));
        assertThat(open).isEmpty();
    }

    @Test
    void anEventThatIsOverWhenItIsFirstSeenIsToldOnce() {
        Alerts.Change change = take(rule(0, ALWAYS, "ops"), closed("a", 10, 20));

        assertThat(change.alert().state()).isEqualTo(Alert.State.CLOSED);
        assertThat(change.notices()).containsExactly(new Notice(change.alert(), false));
    }

    @Test
    void withinTheCooldownAnAlertIsKeptButHeldAndTheReasonIsSaid() {
        AlertRule rule = rule(60_000, ALWAYS, "ops");
        take(rule, closed("a", 10, 20));
        Alerts.Change held = take(rule, closed("b", 70, 79));
        Alerts.Change later = take(rule, closed("c", 75, 81));

        assertThat(held.alert().hold()).isEqualTo(Hold.COOLDOWN);
        assertThat(held.alert().holdReason()).isEqualTo("less than 1m after the one told of at 2026-11-24T12:00:20Z");
        assertThat(held.notices()).isEmpty();
        assertThat(later.alert().delivered()).isTrue();
    }

    @Test
    void aHeldAlertIsToldLateWhenItsEventOutlastsTheCooldown() {
        AlertRule rule = rule(60_000, ALWAYS, "ops");
        take(rule, closed("a", 10, 20));
        Alerts.Change held = take(rule, event("b", 1, 30, 44, VideoEvent.State.OPEN));
        Alerts.Change told = take(rule, event("b", 2, 30, 90, VideoEvent.State.OPEN));
        Alerts.Change ended = take(rule, event("b", 3, 30, 95, VideoEvent.State.CLOSED));

        assertThat(held.notices()).isEmpty();
        assertThat(told.notices()).containsExactly(new Notice(told.alert(), false));
        assertThat(ended.notices()).containsExactly(new Notice(ended.alert(), true));
    }

    @Test
    void outsideItsHoursAnAlertIsHeldUnlessItLastsIntoThem() {
        Schedule afternoon =
                new Schedule("UTC", List.of(new Schedule.Hours(List.of(), 12 * 60 + 10, 18 * 60)), List.of());
        AlertRule rule = rule(0, afternoon, "ops");

        assertThat(take(rule, closed("a", 60, 599)).alert().hold()).isEqualTo(Hold.SCHEDULE);
        assertThat(take(rule, closed("b", 60, 600)).alert().delivered()).isTrue();
    }

    @Test
    void snoozedIsByTheClockOfPeopleNotOfTheVideo() {
        snoozes = List.of(new Snooze("yard", "a car", nowMillis + 1));
        AlertRule rule = rule(0, ALWAYS, "ops");
        Alerts.Change held = take(rule, closed("a", 10, 20));
        nowMillis++;
        Alerts.Change told = take(rule, closed("b", 10, 20));

        assertThat(held.alert().hold()).isEqualTo(Hold.SNOOZE);
        assertThat(held.alert().holdReason()).startsWith("snoozed until 2026-11-24T13:00:00Z");
        assertThat(told.alert().delivered()).isTrue();
    }

    @Test
    void aHeldAlertDoesNotBeginACooldown() {
        snoozes = List.of(new Snooze("yard", "a car", nowMillis + 1));
        AlertRule rule = rule(600_000, ALWAYS, "ops");
        take(rule, closed("a", 10, 20));
        snoozes = List.of();

        assertThat(take(rule, closed("b", 30, 40)).alert().delivered()).isTrue();
    }

    @Test
    void withoutAChannelAnAlertIsOnlyShown() {
        Alerts.Change change = take(rule(0, ALWAYS), closed("a", 10, 20));

        assertThat(change.alert().hold()).isEqualTo(Hold.NOBODY);
        assertThat(change.notices()).isEmpty();
    }

    @Test
    void anEventThatIsTooShortIsNoAlertYet() {
        AlertRule patient = new AlertRule("a car", "a car", 0.5, 15_000, 1_000)
                .withAlerting(rule(0, ALWAYS, "ops").alerting());

        assertThat(alerts(patient).take(event("a", 1, 10, 20, VideoEvent.State.OPEN), nowMillis))
                .isEmpty();
        assertThat(alerts(patient).take(event("a", 2, 10, 25, VideoEvent.State.OPEN), nowMillis))
                .isPresent();
    }

    @Test
    void whoWasToldThatItBeganIsToldThatItHasEndedThoughTheRuleHasChanged() {
        take(rule(0, ALWAYS, "ops"), event("a", 1, 10, 20, VideoEvent.State.OPEN));
        AlertRule silent = AlertRule.of("a car");
        Alerts.Change closed = take(silent, event("a", 2, 10, 30, VideoEvent.State.CLOSED));

        assertThat(closed.notices()).containsExactly(new Notice(closed.alert(), true));
        assertThat(closed.alert().channels()).containsExactly("ops");
        assertThat(closed.alert().severity()).isEqualTo(Severity.WARNING);
    }

    @Test
    void aHeldAlertOfARuleThatRaisesNoneAnyMoreIsClosedAndNotTold() {
        snoozes = List.of(new Snooze("yard", "a car", nowMillis + 1));
        take(rule(0, ALWAYS, "ops"), event("a", 1, 10, 20, VideoEvent.State.OPEN));
        snoozes = List.of();
        Alerts.Change closed = take(AlertRule.of("a car"), event("a", 2, 10, 30, VideoEvent.State.CLOSED));

        assertThat(closed.alert().state()).isEqualTo(Alert.State.CLOSED);
        assertThat(closed.notices()).isEmpty();
        assertThat(open).isEmpty();
    }

    private Alerts.Change take(AlertRule rule, VideoEvent event) {
        Alerts alerts = alerts(rule);
        Alerts.Change change = alerts.take(event, nowMillis).orElseThrow();
        open = alerts.open();
        deliveredAtMillis = alerts.deliveredAtMillis();
        return change;
    }

    private Alerts alerts(AlertRule rule) {
        return new Alerts(rule, open, deliveredAtMillis, new Snoozes() {
            @Override
            public Optional<Snooze> covering(String stream, String name, long millis) {
                return snoozes.stream()
                        .filter(snooze -> snooze.covers(stream, name, millis))
                        .findFirst();
            }

            @Override
            public void close() {}
        });
    }

    private static AlertRule rule(long cooldownMillis, Schedule schedule, String... channels) {
        return AlertRule.of("a car")
                .withAlerting(
                        new AlertRule.Alerting(true, Severity.WARNING, cooldownMillis, schedule, List.of(channels)));
    }

    private static VideoEvent closed(String id, long startSeconds, long endSeconds) {
        return event(id, 1, startSeconds, endSeconds, VideoEvent.State.CLOSED);
    }

    private static VideoEvent event(
            String id, long version, long startSeconds, long endSeconds, VideoEvent.State state) {
        return new VideoEvent(
                id,
                version,
                "yard",
                "/yard.mp4",
                "a car",
                "a car",
                new TimeSpan(startSeconds * 1_000, endSeconds * 1_000),
                NOON,
                0.9,
                state,
                "nano-0",
                2,
                "2 a second");
    }
}
