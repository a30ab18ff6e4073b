// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.stitch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.event.Box;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.jobs.ground.Sighting;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Clips of 16 s, each seeing the last 2 s of the one before: 0-16, 14-30, 28-44 … */
class OpenEventsTest {

    private static final AlertRule CAR = AlertRule.of("a car");

    @Test
    void anEventInTheMiddleOfAClipClosesWithThatClip() {
        List<VideoEvent> changes = changes(CAR, seen(0, moment(4.0, 9.5)), nothing(1), end(2));

        assertThat(changes).hasSize(1);
        assertThat(changes.get(0).state()).isEqualTo(VideoEvent.State.CLOSED);
        assertThat(changes.get(0).span()).isEqualTo(new TimeSpan(4_000, 9_500));
    }

    @Test
    void anEventAcrossThreeClipsIsOneEventThatGrows() {
        List<VideoEvent> changes =
                changes(CAR, seen(0, moment(12, 16)), seen(1, moment(14, 30)), seen(2, moment(28, 31)), end(3));

        assertThat(changes)
                .extracting(VideoEvent::id)
                .containsOnly(changes.get(0).id());
        assertThat(changes)
                .extracting(VideoEvent::state)
                .containsExactly(VideoEvent.State.OPEN, VideoEvent.State.OPEN, VideoEvent.State.CLOSED);
        assertThat(changes).extracting(VideoEvent::version).containsExactly(1L, 2L, 3L);
        assertThat(changes.get(2).span()).isEqualTo(new TimeSpan(12_000, 31_000));
    }

    @Test
    void anEventHasTheLabelsThatItsRuleHadWhenItChanged() {
        AlertRule labelled = CAR.alsoLabelled(List.of("theft", "entrance"));
        OpenEvents events = new OpenEvents(List.of(), List.of(), 0);

        List<VideoEvent> changes = new ArrayList<>(events.take(sighting(CAR, 0, false, moment(12, 16))));
        changes.addAll(events.take(sighting(labelled, 1, false, moment(14, 30))));
        changes.addAll(events.take(sighting(labelled, 2, false)));

        assertThat(changes)
                .extracting(VideoEvent::labels)
                .containsExactly(List.of(), List.of("theft", "entrance"), List.of("theft", "entrance"));
    }

    @Test
    void anEventThatTheNextClipDoesNotSeeAgainIsClosedThere() {
        List<VideoEvent> changes = changes(CAR, seen(0, moment(12, 16)), nothing(1), end(2));

        assertThat(changes)
                .extracting(VideoEvent::state)
                .containsExactly(VideoEvent.State.OPEN, VideoEvent.State.CLOSED);
        assertThat(changes.get(1).span()).isEqualTo(new TimeSpan(12_000, 16_000));
    }

    @Test
    void theVideosLastClipClosesEverything() {
        Sighting last = sighting(CAR, 0, true, moment(15, 16));

        assertThat(changes(CAR, last)).extracting(VideoEvent::state).containsExactly(VideoEvent.State.CLOSED);
    }

    @Test
    void sightingsWithinTheMergeGapAreOneEventAndBeyondItTwo() {
        List<VideoEvent> near = changes(CAR, seen(0, moment(2, 4), moment(4.9, 6)));
        List<VideoEvent> far = changes(CAR, seen(0, moment(2, 4), moment(5.1, 6)));

        assertThat(near).extracting(VideoEvent::span).containsExactly(new TimeSpan(2_000, 6_000));
        assertThat(far)
                .extracting(VideoEvent::span)
                .containsExactly(new TimeSpan(2_000, 4_000), new TimeSpan(5_100, 6_000));
        assertThat(far).extracting(VideoEvent::id).doesNotHaveDuplicates();
    }

    @Test
    void differentThingsSeenByOneQuestionStayApart() {
        Sighting caption = seen(
                0, new Sighting.Moment(2_000, 4_000, "a car", 0.9), new Sighting.Moment(2_500, 5_000, "a dog", 0.9));

        assertThat(changes(CAR, caption)).extracting(VideoEvent::text).containsExactly("a car", "a dog");
    }

    @Test
    void whatIsBelowTheThresholdIsNotSeen() {
        AlertRule strict = new AlertRule("car", "a car", 0.8, 0, 1_000);

        assertThat(changes(strict, sighting(strict, 0, true, new Sighting.Moment(2_000, 4_000, "a car", 0.79))))
                .isEmpty();
    }

    @Test
    void tooShortEventsAreLeftOutButMayGrowLongEnough() {
        AlertRule patient = new AlertRule("car", "a car", 0.5, 3_000, 1_000);

        assertThat(changes(patient, sighting(patient, 0, true, moment(2, 4)))).isEmpty();
        assertThat(changes(
                        patient,
                        sighting(patient, 0, false, moment(14, 16)),
                        sighting(patient, 1, true, moment(14, 18))))
                .extracting(VideoEvent::span)
                .containsExactly(new TimeSpan(14_000, 18_000));
    }

    @Test
    void confidenceIsTheHighestOfItsSightings() {
        List<VideoEvent> changes = changes(
                CAR,
                seen(0, new Sighting.Moment(13_000, 16_000, "a car", 0.7)),
                seen(1, new Sighting.Moment(14_000, 18_000, "a car", 0.9)));

        assertThat(changes.get(1).confidence()).isEqualTo(0.9);
    }

    @Test
    void boxesOfAllItsSightingsAreKeptByTimeAndEachPictureOnce() {
        Box early = new Box(13_500, "a car", 0, 0, 0.5, 0.5);
        Box shared = new Box(15_000, "a car", 0.1, 0, 0.5, 0.5);
        Box again = new Box(15_000, "a car", 0.2, 0, 0.5, 0.5);
        Box late = new Box(17_000, "a car", 0.3, 0, 0.5, 0.5);

        List<VideoEvent> changes = changes(
                CAR,
                seen(0, new Sighting.Moment(13_000, 16_000, "a car", 0.7, List.of(shared, early))),
                seen(1, new Sighting.Moment(14_000, 18_000, "a car", 0.9, List.of(again, late))));

        assertThat(changes.get(0).boxes()).containsExactly(shared, early);
        assertThat(changes.get(1).boxes()).containsExactly(early, shared, late);
        assertThat(changes.get(1).state()).isEqualTo(VideoEvent.State.CLOSED);
    }

    @Test
    void aLongEventKeepsNoMoreBoxesThanSome() {
        List<Box> many = IntStream.range(0, 200)
                .mapToObj(i -> new Box(2_000 + i, "a car", 0, 0, 1, 1))
                .toList();

        List<VideoEvent> changes = changes(
                CAR,
                seen(0, new Sighting.Moment(13_000, 16_000, "a car", 0.7, many.subList(0, 90))),
                seen(1, new Sighting.Moment(14_000, 18_000, "a car", 0.9, many.subList(90, 200))));

        assertThat(changes.get(1).boxes()).isEqualTo(many.subList(0, OpenEvents.MOST_BOXES));
    }

    @Test
    void aReplayWithOtherAnswersKeepsTheIdOfTheClipThatOpenedIt() {
        String first = changes(CAR, seen(0, moment(4, 9))).get(0).id();
        String again = changes(CAR, seen(0, moment(3.5, 9.5))).get(0).id();

        assertThat(again).isEqualTo(first);
    }

    private static List<VideoEvent> changes(AlertRule rule, Sighting... sightings) {
        List<VideoEvent> changes = new ArrayList<>();
        List<VideoEvent> open = List.of();
        for (Sighting sighting : sightings) {
            assertThat(sighting.rule().when()).isEqualTo(rule.when());
            OpenEvents events = new OpenEvents(open, List.of(), 0);
            changes.addAll(events.take(sighting));
            open = events.list();
        }
        return changes;
    }

    private static Sighting.Moment moment(double start, double end) {
        return new Sighting.Moment((long) (start * 1_000), (long) (end * 1_000), "a car", 0.9);
    }

    private static Sighting seen(long ordinal, Sighting.Moment... moments) {
        return sighting(CAR, ordinal, false, moments);
    }

    private static Sighting nothing(long ordinal) {
        return sighting(CAR, ordinal, false);
    }

    private static Sighting end(long ordinal) {
        return sighting(CAR, ordinal, true);
    }

    static Sighting sighting(AlertRule rule, long ordinal, boolean last, Sighting.Moment... moments) {
        return sighting(rule, ordinal, 0, last, moments);
    }

    static Sighting sighting(AlertRule rule, long ordinal, long since, boolean last, Sighting.Moment... moments) {
        return new Sighting(
                "yard",
                "/yard.mp4",
                1_000_000,
                rule,
                new AlertRule[0],
                ordinal,
                ordinal * 14_000,
                ordinal * 14_000 + 16_000,
                2_000,
                since,
                last,
                true,
                moments.length == 0 ? 0.1 : 0.9,
                moments,
                "nano-0",
                2,
                "2 a second");
    }
}
