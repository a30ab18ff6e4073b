// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.compose;

import static dev.longwatch.indexer.event.MarkedEvents.labelled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.alert.AlertRule.Step;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.event.VideoEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.api.Test;

/** A car, then a person within 30 s. */
class SequencesTest {

    private static final AlertRule ARRIVAL =
            AlertRule.sequence("arrival", List.of(anywhere("car"), anywhere("person")), 30_000);
    private static final AlertRule ACROSS = AlertRule.sequence(
            "across", List.of(new Step("car", List.of("gate")), new Step("person", List.of("door*"))), 30_000);

    @Test
    void whatTravelsNeedsNoKryo() {
        PojoTestUtils.assertSerializedAsPojoWithoutKryo(StepEvent.class);
    }

    @Test
    void theSecondWithinTheTimeAfterTheFirstIsASequence() {
        Collection<VideoEvent> found = run(ARRIVAL, closed("car", "yard", 10, 15), closed("person", "yard", 40, 50));

        assertThat(found).hasSize(1).allSatisfy(sequence -> {
            assertThat(sequence.rule()).isEqualTo("arrival");
            assertThat(sequence.span()).isEqualTo(new TimeSpan(10_000, 50_000));
            assertThat(sequence.state()).isEqualTo(VideoEvent.State.CLOSED);
            assertThat(sequence.text()).isEqualTo("car seen, then person seen");
        });
    }

    @Test
    void neitherTheOtherOrderNorLaterNorTwiceTheFirstIsOne() {
        assertThat(run(ARRIVAL, closed("person", "yard", 10, 15), closed("car", "yard", 40, 50)))
                .isEmpty();
        assertThat(run(ARRIVAL, closed("car", "yard", 10, 15), closed("person", "yard", 45.1, 50)))
                .isEmpty();
        assertThat(run(ARRIVAL, closed("car", "yard", 10, 15), closed("car", "yard", 20, 25)))
                .isEmpty();
    }

    @Test
    void theTimeRunsFromWhenTheFirstEnds() {
        assertThat(run(ARRIVAL, closed("car", "yard", 10, 600), closed("person", "yard", 620, 630)))
                .hasSize(1);
    }

    @Test
    void aFirstThatIsStillGoingOnMayBeFollowedAlready() {
        Collection<VideoEvent> found = run(ARRIVAL, open("car", "yard", 10, 100), open("person", "yard", 60, 70));

        assertThat(found).extracting(VideoEvent::state).containsExactly(VideoEvent.State.OPEN);
    }

    @Test
    void everyFollowerMakesOneSequenceWithTheLatestFirstStep() {
        Collection<VideoEvent> found = run(
                ARRIVAL,
                closed("car", "yard", 10, 12),
                closed("car", "yard", 20, 22),
                closed("person", "yard", 25, 26),
                closed("person", "yard", 30, 31));

        assertThat(found)
                .extracting(VideoEvent::span)
                .containsExactly(new TimeSpan(20_000, 26_000), new TimeSpan(20_000, 31_000));
    }

    @Test
    void aSequenceGrowsWithItsLastStepUnderOneIdAndEndsWithIt() {
        List<VideoEvent> changes = changes(
                ARRIVAL,
                List.of(
                        closed("car", "yard", 10, 12),
                        open("person", "yard", 20, 30),
                        open("person", "yard", 20, 44),
                        closed("person", "yard", 20, 50)));

        assertThat(changes)
                .extracting(VideoEvent::id)
                .containsOnly(changes.get(0).id());
        assertThat(changes)
                .extracting(VideoEvent::state)
                .containsExactly(VideoEvent.State.OPEN, VideoEvent.State.OPEN, VideoEvent.State.CLOSED);
        assertThat(changes).extracting(VideoEvent::version).isSorted();
    }

    @Test
    void aSequenceHasItsOwnLabelsAndThoseOfItsSteps() {
        VideoEvent car = labelled(closed("car", "gate", 10, 15), "entrance");
        VideoEvent person = labelled(closed("person", "door-2", 40, 50), "theft", "entrance");
        AlertRule tour = ACROSS.alsoLabelled(List.of("tour"));

        assertThat(run(tour, car, person))
                .extracting(VideoEvent::labels)
                .containsExactly(List.of("tour", "entrance", "theft"));
        assertThat(run(tour, person, car))
                .as("whichever stream is analysed first")
                .extracting(VideoEvent::labels)
                .containsExactly(List.of("tour", "entrance", "theft"));
    }

    @Test
    void stepsOnDifferentStreamsAreNoSequenceUnlessTheyNameTheirStreams() {
        VideoEvent car = closed("car", "gate", 10, 15);
        VideoEvent person = closed("person", "door-2", 40, 50);

        assertThat(run(ARRIVAL, car, person)).isEmpty();
        assertThat(run(ACROSS, car, person))
                .extracting(VideoEvent::text)
                .containsExactly("car seen (gate), then person seen (door-2)");
        assertThat(run(ACROSS, closed("car", "door-2", 10, 15), person)).isEmpty();
    }

    @Test
    void videosThatBeganAtDifferentTimesMeetOnTheWallClock() {
        VideoEvent car = event("car", "gate", 1_000, 10, 15, VideoEvent.State.CLOSED);
        VideoEvent person = event("person", "door", 31_000, 5, 9, VideoEvent.State.CLOSED);

        assertThat(run(ACROSS, car, person))
                .as("began before the door's video did")
                .extracting(VideoEvent::span)
                .containsExactly(new TimeSpan(0, 9_000));
    }

    @Test
    void threeStepsFallBackToAnEarlierSecondWhenTheLatestHasNoFirst() {
        AlertRule three =
                AlertRule.sequence("three", List.of(anywhere("car"), anywhere("person"), anywhere("dog")), 10_000);

        // the person at 12 has no car less than 10 s before; the one at 8 has
        assertThat(run(
                        three,
                        closed("car", "yard", 0, 1),
                        closed("person", "yard", 8, 9),
                        closed("person", "yard", 12, 13),
                        closed("dog", "yard", 15, 16)))
                .extracting(VideoEvent::span)
                .containsExactly(new TimeSpan(0, 16_000));
    }

    @Test
    void anyOrderOfArrivalFindsTheSameSequences() {
        List<VideoEvent> events = List.of(
                closed("car", "gate", 10, 15),
                closed("car", "gate", 70, 75),
                closed("person", "door-1", 20, 30),
                closed("person", "door-2", 40, 50),
                closed("person", "door-1", 200, 210));
        List<String> inOrder = ids(changes(ACROSS, events));
        for (int seed = 0; seed < 20; seed++) {
            List<VideoEvent> shuffled = new ArrayList<>(events);
            Collections.shuffle(shuffled, new Random(seed));

            assertThat(ids(changes(ACROSS, shuffled))).isEqualTo(inOrder);
        }
        assertThat(inOrder).hasSize(2);
    }

    @Test
    void whatWasFoundEndsWithItsLastStepThoughTheSequenceIsNoMore() {
        Sequences sequences = new Sequences(ARRIVAL, List.of(), List.of());
        sequences.take(closed("car", "yard", 10, 12));
        List<VideoEvent> found = sequences.take(open("person", "yard", 20, 30));

        assertThat(sequences.end(closed("dog", "yard", 20, 31))).isEmpty();
        assertThat(sequences.end(closed("person", "yard", 20, 40)))
                .singleElement()
                .satisfies(ended -> {
                    assertThat(ended.id()).isEqualTo(found.get(0).id());
                    assertThat(ended.state()).isEqualTo(VideoEvent.State.CLOSED);
                    assertThat(ended.span()).isEqualTo(new TimeSpan(10_000, 40_000));
                });
        assertThat(sequences.found()).isEmpty();
    }

    @Test
    void whatWasFoundEndsWithItsLastStepThoughThatIsNotTheLastAnyMore() {
        Sequences before = new Sequences(ARRIVAL, List.of(), List.of());
        before.take(closed("car", "yard", 10, 12));
        before.take(open("person", "yard", 20, 30));
        AlertRule longer =
                AlertRule.sequence("arrival", List.of(anywhere("car"), anywhere("person"), anywhere("dog")), 30_000);
        Sequences after = new Sequences(longer, before.steps(), before.found());

        assertThat(after.take(closed("person", "yard", 20, 40)))
                .extracting(VideoEvent::state)
                .containsExactly(VideoEvent.State.CLOSED);
    }

    @Test
    void whatIsKeptIsBounded() {
        Sequences sequences = new Sequences(ARRIVAL, List.of(), List.of());
        for (int i = 0; i < Sequences.MOST + 50; i++) {
            sequences.take(closed("car", "yard", i * 100, i * 100 + 1));
        }
        assertThat(sequences.steps().size()).isLessThanOrEqualTo(Sequences.MOST);

        sequences.take(closed("person", "yard", 1_000_000, 1_000_001));
        assertThat(sequences.steps()).hasSize(1);
    }

    private static List<String> ids(List<VideoEvent> changes) {
        return changes.stream().map(VideoEvent::id).distinct().sorted().toList();
    }

    /** Each sequence as it stands in the end. */
    private static Collection<VideoEvent> run(AlertRule rule, VideoEvent... events) {
        Map<String, VideoEvent> last = new LinkedHashMap<>();
        changes(rule, List.of(events)).forEach(event -> last.put(event.id(), event));
        return last.values();
    }

    private static List<VideoEvent> changes(AlertRule rule, List<VideoEvent> events) {
        Map<String, List<VideoEvent>> steps = new LinkedHashMap<>();
        Map<String, List<VideoEvent>> found = new LinkedHashMap<>();
        List<VideoEvent> changes = new ArrayList<>();
        for (VideoEvent event : events) {
            String key = rule.crossesStreams() ? "" : event.stream();
            Sequences sequences =
                    new Sequences(rule, steps.getOrDefault(key, List.of()), found.getOrDefault(key, List.of()));
            changes.addAll(sequences.take(event));
            steps.put(key, sequences.steps());
            found.put(key, sequences.found());
        }
        return changes;
    }

    private static Step anywhere(String rule) {
        return new Step(rule, List.of());
    }

    private static VideoEvent open(String rule, String stream, double start, double end) {
        return event(rule, stream, 0, start, end, VideoEvent.State.OPEN);
    }

    private static VideoEvent closed(String rule, String stream, double start, double end) {
        return event(rule, stream, 0, start, end, VideoEvent.State.CLOSED);
    }

    private static VideoEvent event(
            String rule, String stream, long recordedAt, double start, double end, VideoEvent.State state) {
        return new VideoEvent(
                stream + "/" + rule + "/" + start,
                (long) end,
                stream,
                "/" + stream + ".mp4",
                rule,
                rule + " seen",
                new TimeSpan((long) (start * 1_000), (long) (end * 1_000)),
                recordedAt,
                0.9,
                state,
                "nano-0",
                2,
                "2 a second");
    }
}
