// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.stitch;

import static dev.longwatch.jobs.stitch.OpenEventsTest.sighting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.jobs.ground.Sighting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.api.Test;

class StitchTest {

    private static final AlertRule CAR = AlertRule.of("a car");
    private static final AlertRule DOG = AlertRule.of("a dog");

    @Test
    void whatTravelsAndIsKeptNeedsNoKryo() {
        PojoTestUtils.assertSerializedAsPojoWithoutKryo(Sighting.class);
        PojoTestUtils.assertSerializedAsPojoWithoutKryo(VideoEvent.class);
        PojoTestUtils.assertSerializedAsPojoWithoutKryo(RuledEvent.class);
    }

    @Test
    void anyOrderOfArrivalGivesTheEventsOfTheRightOrder() throws Exception {
        List<VideoEvent> inOrder = run(twoRulesOverFiveClips());
        for (int seed = 0; seed < 20; seed++) {
            List<Sighting> shuffled = twoRulesOverFiveClips();
            Collections.shuffle(shuffled, new Random(seed));

            assertThat(run(shuffled)).containsExactlyInAnyOrderElementsOf(inOrder);
        }
        assertThat(inOrder)
                .filteredOn(event -> event.state() == VideoEvent.State.CLOSED)
                .extracting(VideoEvent::span)
                .containsExactlyInAnyOrder(new TimeSpan(13_000, 33_000), new TimeSpan(60_000, 62_000));
    }

    @Test
    void aRestoredStitcherGoesOnWhereItWas() throws Exception {
        List<Sighting> sightings = twoRulesOverFiveClips();
        List<VideoEvent> whole = run(sightings);
        List<VideoEvent> parts = new ArrayList<>();
        OperatorSubtaskState snapshot;
        try (KeyedOneInputStreamOperatorTestHarness<String, Sighting, RuledEvent> harness = harness()) {
            harness.open();
            for (Sighting sighting : sightings.subList(0, 5)) {
                harness.processElement(sighting, 0);
            }
            parts.addAll(events(harness));
            snapshot = harness.snapshot(1, 1);
        }
        try (KeyedOneInputStreamOperatorTestHarness<String, Sighting, RuledEvent> harness = harness()) {
            harness.initializeState(snapshot);
            harness.open();
            for (Sighting sighting : sightings.subList(5, sightings.size())) {
                harness.processElement(sighting, 0);
            }
            parts.addAll(events(harness));
        }

        assertThat(parts).isEqualTo(whole);
    }

    /** The operator's state as the last Longwatch without labels wrote it: an event open, a sighting early, a rule riding. */
    @Test
    void aStateOfBeforeThereWereLabelsGoesOn() throws Exception {
        Path state = Path.of(
                getClass().getResource("/stitch/without-labels.snapshot").toURI());
        AlertRule labelled = CAR.alsoLabelled(List.of("theft"));
        try (KeyedOneInputStreamOperatorTestHarness<String, Sighting, RuledEvent> harness = harness()) {
            harness.initializeState(OperatorSnapshotUtil.readStateHandle(state.toString()));
            harness.open();
            harness.processElement(sighting(labelled, 1, false, moment("a car", 14, 30)), 0);

            assertThat(events(harness))
                    .extracting(VideoEvent::span, VideoEvent::state, VideoEvent::labels)
                    .containsExactly(
                            tuple(new TimeSpan(13_000, 30_000), VideoEvent.State.OPEN, List.of("theft")),
                            tuple(new TimeSpan(13_000, 33_000), VideoEvent.State.CLOSED, List.of()));
            assertThat(harness.extractOutputValues().get(0).retired())
                    .extracting(AlertRule::name)
                    .containsExactly("car, then dog");
        }
    }

    @Test
    void clipsBeforeTheFirstThatWasAskedAreNotWaitedFor() throws Exception {
        AlertRule car = AlertRule.of("a car");

        assertThat(run(List.of(
                        OpenEventsTest.sighting(car, 5, 4, false),
                        OpenEventsTest.sighting(car, 4, 4, false, moment("a car", 60, 62)),
                        OpenEventsTest.sighting(car, 6, 4, true))))
                .extracting(VideoEvent::state)
                .endsWith(VideoEvent.State.CLOSED);
    }

    @Test
    void aRuleThatRestedGoesOnWithTheClipAtHand() throws Exception {
        AlertRule car = AlertRule.of("a car");

        List<VideoEvent> events = run(List.of(
                OpenEventsTest.sighting(car, 3, 3, false, moment("a car", 56, 57)),
                OpenEventsTest.sighting(car, 90, 90, false, moment("a car", 1_262, 1_263))));

        assertThat(events).extracting(VideoEvent::state).contains(VideoEvent.State.CLOSED);
        assertThat(events).extracting(event -> event.span().startMillis()).contains(56_000L, 1_262_000L);
    }

    @Test
    void whatWasToldIsClosedThoughTheRuleNowWantsLongerEvents() throws Exception {
        AlertRule patient = new AlertRule("a car", "a car", 0.5, 60_000, 1_000);

        assertThat(run(List.of(
                        sighting(CAR, 0, false, moment("a car", 14, 16)),
                        sighting(patient, 1, false),
                        sighting(patient, 2, true, moment("a car", 40, 41)))))
                .extracting(VideoEvent::state)
                .as("the later one is too short and was never told")
                .containsExactly(VideoEvent.State.OPEN, VideoEvent.State.CLOSED);
    }

    @Test
    void secondsThatHadTheirTurnAreLeftOut() throws Exception {
        assertThat(run(List.of(
                        OpenEventsTest.sighting(CAR, 9, 9, false),
                        OpenEventsTest.sighting(CAR, 8, 8, false, moment("a car", 113, 115)),
                        OpenEventsTest.sighting(CAR, 10, 10, true))))
                .isEmpty();
    }

    @Test
    void aSequenceThatIsRemovedRidesOnUntilWhatMayBePartOfItIsClosed() throws Exception {
        AlertRule sequence = AlertRule.sequence(
                "car, then dog",
                List.of(new AlertRule.Step("a car", List.of()), new AlertRule.Step("a dog", List.of())),
                30_000);
        try (KeyedOneInputStreamOperatorTestHarness<String, Sighting, RuledEvent> harness = harness()) {
            harness.open();
            harness.processElement(stepOf(sighting(CAR, 0, false, moment("a car", 13, 16)), sequence), 0);
            harness.processElement(sighting(CAR, 1, false, moment("a car", 14, 20)), 0);
            harness.processElement(sighting(CAR, 2, true, moment("a car", 40, 41)), 0);

            List<RuledEvent> changes = harness.extractOutputValues();
            assertThat(changes)
                    .extracting(change -> change.sequences().length, change -> change.retired().length)
                    .containsExactly(tuple(1, 0), tuple(0, 1), tuple(0, 0));
        }
    }

    private static Sighting stepOf(Sighting of, AlertRule sequence) {
        return new Sighting(
                of.stream(),
                of.uri(),
                of.recordedAtMillis(),
                of.rule(),
                new AlertRule[] {sequence},
                of.ordinal(),
                of.startMillis(),
                of.endMillis(),
                of.overlapMillis(),
                of.since(),
                of.last(),
                of.watched(),
                of.probability(),
                of.moments(),
                of.model(),
                of.framesPerSecond(),
                of.sampling());
    }

    private static List<Sighting> twoRulesOverFiveClips() {
        return new ArrayList<>(List.of(
                sighting(CAR, 0, false, moment("a car", 13, 16)),
                sighting(DOG, 0, false),
                sighting(CAR, 1, false, moment("a car", 14, 30)),
                sighting(DOG, 1, false),
                sighting(CAR, 2, false, moment("a car", 28, 33)),
                sighting(DOG, 2, false),
                sighting(CAR, 3, false),
                sighting(DOG, 3, false),
                sighting(CAR, 4, true),
                sighting(DOG, 4, true, moment("a dog", 60, 62))));
    }

    private static Sighting.Moment moment(String text, long start, long end) {
        return new Sighting.Moment(start * 1_000, end * 1_000, text, 0.9);
    }

    private static List<VideoEvent> events(
            KeyedOneInputStreamOperatorTestHarness<String, Sighting, RuledEvent> harness) {
        return harness.extractOutputValues().stream().map(RuledEvent::event).toList();
    }

    private static List<VideoEvent> run(List<Sighting> sightings) throws Exception {
        try (KeyedOneInputStreamOperatorTestHarness<String, Sighting, RuledEvent> harness = harness()) {
            harness.open();
            for (Sighting sighting : sightings) {
                harness.processElement(sighting, 0);
            }
            return events(harness);
        }
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Sighting, RuledEvent> harness() throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new Stitch(0)), Stitch::key, Types.STRING);
    }
}
