// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longwatch.indexer.alert.Alert;
import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.alert.Schedule;
import dev.longwatch.indexer.alert.Severity;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.jobs.ground.Sighting;
import dev.longwatch.jobs.stitch.RuledEvent;
import dev.longwatch.jobs.stitch.Stitch;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.api.Test;

/**
 * The operators from sighting to what leaves, taken down at every point and restored from the checkpoint before, with a
 * model that answers differently the second time.
 *
 * <p>Clips of 16 s, each seeing the last 2 s of the one before: 0-16, 14-30, 28-44 …
 */
class AlertLifeTest {

    private static final AlertRule CAR = AlertRule.of("a car")
            .withAlerting(new AlertRule.Alerting(true, Severity.WARNING, 0, Schedule.ALWAYS, List.of("ops")));
    private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    private static final int CLIPS = 12;

    /** What the model says about the clips: once it said it, and when asked again. */
    private record Script(List<List<double[]>> first, List<List<double[]>> again) {}

    @Test
    void whatTravelsNeedsNoKryo() {
        PojoTestUtils.assertSerializedAsPojoWithoutKryo(Notice.class);
    }

    @Test
    void longFlickeringOverlappingAndBorderEventsAreOneAlertEach() throws Exception {
        List<List<double[]>> answers = answers();
        answers.get(0).add(new double[] {14.5, 16}); // over the border of clips 0 and 1
        answers.get(1).add(new double[] {14, 18});
        answers.get(1).add(new double[] {20, 22}); // flickers within the merge gap
        answers.get(1).add(new double[] {22.7, 23.5});
        answers.get(1).add(new double[] {24.2, 25});
        answers.get(3).add(new double[] {50, 58}); // long: over four clips
        for (int clip = 4; clip <= 6; clip++) {
            answers.get(clip).add(new double[] {clip * 14, clip * 14 + 16});
        }
        answers.get(6).add(new double[] {85, 92}); // overlaps the long one
        answers.get(7).add(new double[] {98, 103});

        Told told = calm(answers);

        assertThat(told.alerts.values())
                .extracting(Alert::span)
                .containsExactly(
                        new TimeSpan(14_000, 18_000), new TimeSpan(20_000, 25_000), new TimeSpan(50_000, 103_000));
        assertThat(told.alerts.values()).extracting(Alert::state).containsOnly(Alert.State.CLOSED);
        assertThat(told.first.keySet()).containsExactlyElementsOf(told.alerts.keySet());
    }

    @Test
    void aReplayWithOtherAnswersDoublesNothingAndTakesNothingBack() throws Exception {
        for (int seed = 0; seed < 4; seed++) {
            Random random = new Random(seed);
            Script script = new Script(random(random), random(random));
            for (int checkpoint = 0; checkpoint < CLIPS; checkpoint += 2) {
                for (int crash = checkpoint; crash < CLIPS; crash += 3) {
                    Told told = run(script, checkpoint, crash);

                    // had the model said from the start what it said in the end, the same would have been told
                    List<List<double[]>> lasting = new ArrayList<>(script.first.subList(0, checkpoint));
                    lasting.addAll(script.again.subList(checkpoint, CLIPS));
                    Told calm = calm(lasting);
                    assertThat(told.alerts)
                            .as("seed %d, checkpoint after %d, crash after %d", seed, checkpoint, crash)
                            .isEqualTo(calm.alerts);
                    assertThat(told.first).isEqualTo(calm.first);
                    assertThat(told.last).isEqualTo(calm.last);
                }
            }
        }
    }

    /** What has left: alerts as they stood last, and who was told of. */
    private static final class Told {
        private final Map<String, Alert> alerts = new LinkedHashMap<>();
        private final Map<String, Notice> first = new LinkedHashMap<>();
        private final Map<String, Notice> last = new LinkedHashMap<>();

        void take(Life life) {
            for (StreamRecord<?> left : life.left(life.settledAlerts)) {
                Alert alert = (Alert) left.getValue();
                alerts.put(alert.id(), alert);
            }
            for (StreamRecord<?> left : life.left(life.settledNotices)) {
                Notice notice = (Notice) left.getValue();
                Notice before =
                        (notice.closing() ? last : first).put(notice.alert().id(), notice);
                // what left just before the job went down leaves again, and says the same
                assertThat(before).isIn(null, notice);
            }
        }
    }

    private static Told calm(List<List<double[]>> answers) throws Exception {
        Told told = new Told();
        try (Life life = new Life()) {
            life.open();
            life.watch(answers, 0, CLIPS);
            life.end();
            told.take(life);
        }
        return told;
    }

    /** @param checkpoint complete before this clip, and the last one before {@code crash}, at which the job starts anew */
    private static Told run(Script script, int checkpoint, int crash) throws Exception {
        Told told = new Told();
        OperatorSubtaskState[] snapshot;
        try (Life life = new Life()) {
            life.open();
            life.watch(script.first, 0, checkpoint);
            snapshot = life.checkpoint(1);
            told.take(life);
            life.watch(script.first, checkpoint, crash);
            told.take(life);
        }
        try (Life life = new Life()) {
            life.restore(snapshot);
            life.open();
            life.watch(script.again, checkpoint, CLIPS);
            life.end();
            told.take(life);
        }
        return told;
    }

    private static final class Life implements AutoCloseable {

        private final KeyedOneInputStreamOperatorTestHarness<String, Sighting, RuledEvent> stitch =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new KeyedProcessOperator<>(new Stitch(0)), Stitch::key, Types.STRING);
        private final KeyedOneInputStreamOperatorTestHarness<String, RuledEvent, Alert> raise =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new KeyedProcessOperator<>(new Raise(Snoozes.Opener.NONE, CLOCK)), Raise::key, Types.STRING);
        private final OneInputStreamOperatorTestHarness<Alert, Alert> settledAlerts =
                new OneInputStreamOperatorTestHarness<>(new Settled<>(TypeInformation.of(Alert.class)));
        private final OneInputStreamOperatorTestHarness<Notice, Notice> settledNotices =
                new OneInputStreamOperatorTestHarness<>(new Settled<>(TypeInformation.of(Notice.class)));

        Life() throws Exception {}

        void restore(OperatorSubtaskState[] snapshot) throws Exception {
            stitch.initializeState(snapshot[0]);
            raise.initializeState(snapshot[1]);
            settledAlerts.initializeState(snapshot[2]);
            settledNotices.initializeState(snapshot[3]);
        }

        void open() throws Exception {
            stitch.open();
            raise.open();
            settledAlerts.open();
            settledNotices.open();
        }

        OperatorSubtaskState[] checkpoint(long id) throws Exception {
            OperatorSubtaskState[] states = {
                stitch.snapshot(id, id),
                raise.snapshot(id, id),
                settledAlerts.snapshot(id, id),
                settledNotices.snapshot(id, id)
            };
            settledAlerts.notifyOfCompletedCheckpoint(id);
            settledNotices.notifyOfCompletedCheckpoint(id);
            return states;
        }

        void watch(List<List<double[]>> answers, int from, int to) throws Exception {
            for (int clip = from; clip < to; clip++) {
                stitch.processElement(sighting(clip, answers.get(clip)), 0);
            }
            for (StreamRecord<?> event : left(stitch)) {
                raise.processElement((RuledEvent) event.getValue(), 0);
            }
            for (StreamRecord<?> alert : left(raise)) {
                settledAlerts.processElement((Alert) alert.getValue(), 0);
            }
            if (raise.getSideOutput(Raise.NOTICES) != null) {
                for (StreamRecord<Notice> notice : raise.getSideOutput(Raise.NOTICES)) {
                    settledNotices.processElement(notice.getValue(), 0);
                }
                raise.getSideOutput(Raise.NOTICES).clear();
            }
        }

        void end() throws Exception {
            settledAlerts.endInput();
            settledNotices.endInput();
        }

        List<StreamRecord<?>> left(OneInputStreamOperatorTestHarness<?, ?> harness) {
            List<StreamRecord<?>> records = new ArrayList<>();
            for (Object record = harness.getOutput().poll();
                    record != null;
                    record = harness.getOutput().poll()) {
                records.add((StreamRecord<?>) record);
            }
            return records;
        }

        @Override
        public void close() throws Exception {
            stitch.close();
            raise.close();
            settledAlerts.close();
            settledNotices.close();
        }
    }

    private static List<List<double[]>> answers() {
        List<List<double[]>> answers = new ArrayList<>();
        for (int clip = 0; clip < CLIPS; clip++) {
            answers.add(new ArrayList<>());
        }
        return answers;
    }

    private static List<List<double[]>> random(Random random) {
        List<List<double[]>> answers = answers();
        for (int clip = 0; clip < CLIPS; clip++) {
            for (int moment = random.nextInt(3); moment > 0; moment--) {
                double start = clip * 14 + random.nextDouble() * 15;
                answers.get(clip).add(new double[] {start, Math.min(clip * 14 + 16, start + random.nextDouble() * 16)});
            }
        }
        return answers;
    }

    private static Sighting sighting(int clip, List<double[]> answer) {
        Sighting.Moment[] moments = answer.stream()
                .map(span -> new Sighting.Moment((long) (span[0] * 1_000), (long) (span[1] * 1_000), "a car", 0.9))
                .toArray(Sighting.Moment[]::new);
        return new Sighting(
                "yard",
                "/yard.mp4",
                1_000_000,
                CAR,
                new AlertRule[0],
                clip,
                clip * 14_000L,
                clip * 14_000L + 16_000,
                2_000,
                0,
                clip == CLIPS - 1,
                true,
                0.9,
                moments,
                "nano-0",
                2,
                "2 a second");
    }
}
