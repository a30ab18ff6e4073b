// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.stitch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.jobs.ground.Sighting;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nobody at the desk for half a minute. Clips of 16 s, each seeing the last 2 s of the one before: 0-16, 14-30, 28-44 … */
class AbsenceTest {

    private static final AlertRule DESK = AlertRule.absent("desk", "a person at the desk", 30_000);

    @Test
    void nobodyForLongEnoughIsOneEventFromWhenThePersonLeft() {
        List<VideoEvent> changes =
                changes(seen(0, moment(0, 5)), nothing(1), nothing(2), nothing(3), seen(4, moment(60, 72)), end(5));

        assertThat(changes)
                .extracting(VideoEvent::id)
                .containsOnly(changes.get(0).id());
        assertThat(changes)
                .extracting(VideoEvent::state)
                .containsExactly(VideoEvent.State.OPEN, VideoEvent.State.OPEN, VideoEvent.State.CLOSED);
        assertThat(changes.get(0).span()).isEqualTo(new TimeSpan(5_000, 42_000));
        assertThat(last(changes).span()).isEqualTo(new TimeSpan(5_000, 60_000));
        assertThat(last(changes).text()).isEqualTo("not: a person at the desk");
        assertThat(last(changes).confidence()).isEqualTo(0.9);
    }

    @Test
    void anAbsenceTooShortIsNoEvent() {
        assertThat(changes(seen(0, moment(0, 5)), nothing(1), seen(2, moment(30, 44)), end(3, moment(42, 58))))
                .isEmpty();
    }

    @Test
    void aClipThatNobodyWatchedEndsTheAbsenceAndCountsForNone() {
        List<VideoEvent> changes =
                changes(nothing(0), nothing(1), nothing(2), unwatched(3), nothing(4), nothing(5), end(6));

        assertThat(changes)
                .filteredOn(event -> event.state() == VideoEvent.State.CLOSED)
                .extracting(VideoEvent::span)
                .containsExactly(new TimeSpan(0, 42_000), new TimeSpan(56_000, 100_000));
        assertThat(changes(nothing(0), unwatched(1), nothing(2), unwatched(3), end(4)))
                .as("44 s without a sighting, 28 of them watched")
                .isEmpty();
    }

    @Test
    void aGapIsNotBridgedHoweverPatientTheRuleIs() {
        AlertRule patient = new AlertRule(
                "desk",
                AlertRule.Kind.ABSENT,
                DESK.when(),
                List.of(),
                0,
                List.of(),
                0.5,
                30_000,
                60_000,
                AlertRule.Alerting.NONE);

        assertThat(changesOf(patient, nothing(0), nothing(1), unwatched(2), end(3)))
                .isEmpty();
    }

    @Test
    void aSightingInTheOverlapCountsWhicheverClipSawIt() {
        AlertRule strict = new AlertRule(
                "desk",
                AlertRule.Kind.ABSENT,
                DESK.when(),
                List.of(),
                0,
                List.of(),
                0.5,
                10_000,
                0,
                AlertRule.Alerting.NONE);

        for (Sighting[] clips : List.of(
                new Sighting[] {seen(0, moment(14.5, 15.5)), nothing(1), end(2)},
                new Sighting[] {nothing(0), seen(1, moment(14.5, 15.5)), end(2)})) {
            assertThat(changesOf(strict, clips))
                    .filteredOn(event -> event.state() == VideoEvent.State.CLOSED)
                    .extracting(VideoEvent::span)
                    .containsExactly(new TimeSpan(0, 14_500), new TimeSpan(15_500, 44_000));
        }
    }

    @Test
    void aFlickerShorterThanTheMergeGapDoesNotInterrupt() {
        assertThat(last(changes(nothing(0), seen(1, moment(20, 20.8)), end(2))).span())
                .isEqualTo(new TimeSpan(0, 44_000));
    }

    @Test
    void whatIsBelowTheThresholdIsAbsent() {
        Sighting unsure = seen(1, new Sighting.Moment(16_000, 28_000, "a person at the desk", 0.4));

        assertThat(last(changes(nothing(0), unsure, end(2))).span()).isEqualTo(new TimeSpan(0, 44_000));
    }

    private static VideoEvent last(List<VideoEvent> changes) {
        return changes.get(changes.size() - 1);
    }

    private static List<VideoEvent> changes(Sighting... sightings) {
        return changesOf(DESK, sightings);
    }

    private static List<VideoEvent> changesOf(AlertRule rule, Sighting... sightings) {
        List<VideoEvent> changes = new ArrayList<>();
        List<VideoEvent> open = List.of();
        List<Sighting.Moment> seen = List.of();
        for (Sighting sighting : sightings) {
            OpenEvents events = new OpenEvents(open, List.of(), 0);
            Absence absence = new Absence(seen);
            changes.addAll(events.take(absence.take(withRule(sighting, rule))));
            open = events.list();
            seen = absence.seen();
        }
        return changes;
    }

    private static Sighting.Moment moment(double start, double end) {
        return new Sighting.Moment((long) (start * 1_000), (long) (end * 1_000), "a person at the desk", 0.9);
    }

    private static Sighting seen(long ordinal, Sighting.Moment... moments) {
        return OpenEventsTest.sighting(DESK, ordinal, false, moments);
    }

    private static Sighting nothing(long ordinal) {
        return OpenEventsTest.sighting(DESK, ordinal, false);
    }

    private static Sighting end(long ordinal, Sighting.Moment... moments) {
        return OpenEventsTest.sighting(DESK, ordinal, true, moments);
    }

    private static Sighting unwatched(long ordinal) {
        return copy(nothing(ordinal), DESK, false);
    }

    private static Sighting withRule(Sighting of, AlertRule rule) {
        return copy(of, rule, of.watched());
    }

    private static Sighting copy(Sighting of, AlertRule rule, boolean watched) {
        return new Sighting(
                of.stream(),
                of.uri(),
                of.recordedAtMillis(),
                rule,
                of.sequences(),
                of.ordinal(),
                of.startMillis(),
                of.endMillis(),
                of.overlapMillis(),
                of.since(),
                of.last(),
                watched,
                of.probability(),
                of.moments(),
                of.model(),
                of.framesPerSecond(),
                of.sampling());
    }
}
