// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.ground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.jobs.clip.VideoClip;
import dev.longwatch.jobs.sample.SampledFrame;
import dev.longwatch.model.Answer;
import dev.longwatch.model.Box;
import dev.longwatch.model.ClipSpan;
import dev.longwatch.model.Question;
import java.util.List;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.ProcessFunctionTestHarnesses;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.api.Test;

class GroundTest {

    private static final AlertRule CAR = AlertRule.of("a car");
    private static final AlertRule DOG = AlertRule.of("a dog");

    /** Sees every car from 2 s to 5.5 s of the clip, no dog, and captions two things. */
    private static final ScriptedModel.Script SCRIPT = (clip, question) -> {
        if (question.kind() == Question.Kind.DESCRIBE) {
            return new Answer(question, List.of(moment(0, 1, "a bus"), moment(3, 16, "a cat")), 0.8, "[…]", true);
        }
        return question.text().equals("a car")
                ? new Answer(question, List.of(moment(2, 5.5, "a car")), 0.9, "The given query …", true)
                : new Answer(question, List.of(), 0.1, "None", true);
    };

    @Test
    void theLedgerTravelsWithoutKryo() {
        PojoTestUtils.assertSerializedAsPojoWithoutKryo(Watched.class);
    }

    @Test
    void secondsOfTheClipBecomeMillisecondsOfTheVideo() throws Exception {
        List<Sighting> sightings = sightings(SCRIPT, clip(28_000, 44_000, true, false));

        assertThat(sightings).extracting(sighting -> sighting.rule().name()).containsExactly("a car", "a dog");
        assertThat(sightings.get(0).moments()).containsExactly(new Sighting.Moment(30_000, 33_500, "a car", 0.9));
        assertThat(sightings.get(1).moments()).isEmpty();
        assertThat(sightings.get(1).model()).isEqualTo("scripted-0");
    }

    @Test
    void theLedgerSaysHowLikelyEachRuleIs() throws Exception {
        try (OneInputStreamOperatorTestHarness<VideoClip, Sighting> harness = harness(SCRIPT)) {
            harness.open();
            harness.processElement(clip(14_000, 30_000, true, true), 0);
            harness.processElement(clip(28_000, 44_000, false, false), 1);

            assertThat(harness.getSideOutput(Ground.WATCHED))
                    .extracting(record -> record.getValue().asked(), record -> record.getValue()
                            .probabilities())
                    .containsExactly(
                            tuple(new String[] {"a car", "a dog", "describe"}, new double[] {0.9, 0.1, 0.8}),
                            tuple(new String[0], new double[0]));
        }
    }

    @Test
    void aDenseCaptionIsOneMoreSightingWithTheModelsWords() throws Exception {
        List<Sighting> sightings = sightings(SCRIPT, clip(14_000, 30_000, true, true));

        assertThat(sightings).hasSize(3);
        assertThat(sightings.get(2).moments())
                .containsExactly(
                        new Sighting.Moment(14_000, 15_000, "a bus", 0.8),
                        new Sighting.Moment(17_000, 30_000, "a cat", 0.8));
    }

    @Test
    void theModelIsToldInstantsFromTheClipsStart() throws Exception {
        ScriptedModel.Script script = (clip, question) -> {
            assertThat(clip.frames()).extracting(frame -> frame.seconds()).containsExactly(0.0, 0.52);
            assertThat(clip.seconds()).isEqualTo(16.0);
            return new Answer(question, List.of(), 0, "None", true);
        };

        assertThat(sightings(script, clip(28_000, 44_000, true, false))).hasSize(2);
    }

    @Test
    void aClipThatCouldNotBeReadIsNotAskedAboutButGoesOn() throws Exception {
        ScriptedModel.Script never = (clip, question) -> {
            throw new AssertionError("asked about nothing");
        };
        try (OneInputStreamOperatorTestHarness<VideoClip, Sighting> harness = harness(never)) {
            harness.open();
            harness.processElement(clip(28_000, 44_000, false, false), 0);

            assertThat(harness.extractOutputValues()).hasSize(2).allMatch(sighting -> sighting.moments().length == 0);
            assertThat(harness.getSideOutput(Ground.WATCHED))
                    .extracting(StreamRecord::getValue)
                    .singleElement()
                    .satisfies(watched -> {
                        assertThat(watched.frames()).isZero();
                        assertThat(watched.watchedUntilMillis()).isEqualTo(28_000);
                        assertThat(watched.problem()).isEqualTo("the file ends at 20.0 s");
                    });
        }
    }

    @Test
    void anAnswerThatCannotBeUnderstoodIsKeptWordForWord() throws Exception {
        ScriptedModel.Script mumbling = (clip, question) -> new Answer(question, List.of(), 0.4, "uh …", false);
        try (OneInputStreamOperatorTestHarness<VideoClip, Sighting> harness = harness(mumbling)) {
            harness.open();
            harness.processElement(clip(0, 16_000, true, false), 0);

            assertThat(harness.getSideOutput(Ground.WATCHED))
                    .extracting(StreamRecord::getValue)
                    .singleElement()
                    .satisfies(watched -> assertThat(watched.unreadable()).containsExactly("uh …", "uh …"));
            assertThat(harness.extractOutputValues())
                    .as("does not say that nothing was there")
                    .extracting(Sighting::watched)
                    .containsOnly(false);
        }
    }

    @Test
    void whatIsSeenIsOutlinedInThePictureNearestToItsMiddle() throws Exception {
        ScriptedModel.Script outlining = (clip, question) -> {
            if (question.kind() != Question.Kind.LOCATE) {
                return new Answer(question, List.of(moment(0, 1, "a car"), moment(3, 3.5, "a car")), 0.9, "…", true);
            }
            assertThat(clip.frames()).hasSize(1);
            assertThat(clip.frames().get(0).seconds()).isZero();
            return question.text().equals("a car")
                    ? new Answer(question, List.of(), 0, "[…]", true, List.of(new Box("", 0.1, 0.2, 0.5, 1)))
                    : new Answer(question, List.of(), 0, "uh …", false);
        };

        List<Sighting> sightings = sightings(new ScriptedModel.Address(outlining, words -> ""), true);

        assertThat(sightings.get(0).moments())
                .as("a box without a label is of what was asked")
                .extracting(Sighting.Moment::boxes)
                .containsExactly(
                        List.of(new dev.longwatch.indexer.event.Box(28_520, "a car", 0.1, 0.2, 0.5, 1)),
                        List.of(new dev.longwatch.indexer.event.Box(28_520, "a car", 0.1, 0.2, 0.5, 1)));
        assertThat(sightings.get(1).moments())
                .as("boxes that nobody can read are none")
                .allSatisfy(moment -> assertThat(moment.boxes()).isEmpty());
        assertThat(sightings.get(1).watched()).isTrue();
    }

    @Test
    void aModelWithoutWordsOfItsOwnIsAskedForNoBoxes() throws Exception {
        ScriptedModel.Script script = (clip, question) -> {
            assertThat(question.kind()).isNotEqualTo(Question.Kind.LOCATE);
            return SCRIPT.answer(clip, question);
        };

        assertThat(sightings(new ScriptedModel.Address(script), true).get(0).moments())
                .containsExactly(new Sighting.Moment(30_000, 33_500, "a car", 0.9));
    }

    @Test
    void whatMakesNoEventIsNotOutlined() throws Exception {
        ScriptedModel.Script unsure = (clip, question) -> {
            assertThat(question.kind()).isNotEqualTo(Question.Kind.LOCATE);
            return new Answer(question, List.of(moment(1, 2, "a car")), 0.4, "…", true);
        };

        assertThat(sightings(new ScriptedModel.Address(unsure, words -> ""), true))
                .hasSize(2);
    }

    private static Answer.Moment moment(double start, double end, String description) {
        return new Answer.Moment(new ClipSpan(start, end), description);
    }

    private static List<Sighting> sightings(ScriptedModel.Script script, VideoClip clip) throws Exception {
        return sightings(harness(script), clip);
    }

    private static List<Sighting> sightings(ScriptedModel.Address model, boolean boxes) throws Exception {
        return sightings(
                ProcessFunctionTestHarnesses.forProcessFunction(new Ground(model, boxes)),
                clip(28_000, 44_000, true, false));
    }

    private static List<Sighting> sightings(
            OneInputStreamOperatorTestHarness<VideoClip, Sighting> opened, VideoClip clip) throws Exception {
        try (OneInputStreamOperatorTestHarness<VideoClip, Sighting> harness = opened) {
            harness.open();
            harness.processElement(clip, 0);
            return harness.extractOutputValues();
        }
    }

    private static OneInputStreamOperatorTestHarness<VideoClip, Sighting> harness(ScriptedModel.Script script)
            throws Exception {
        return ProcessFunctionTestHarnesses.forProcessFunction(new Ground(new ScriptedModel.Address(script), false));
    }

    private static VideoClip clip(long startMillis, long endMillis, boolean readable, boolean describe) {
        SampledFrame[] frames = readable
                ? new SampledFrame[] {frame(startMillis * 1_000), frame(startMillis * 1_000 + 520_000)}
                : new SampledFrame[0];
        return new VideoClip(
                "yard",
                "/yard.mp4",
                0,
                60_000,
                startMillis / 14_000,
                startMillis,
                endMillis,
                2_000,
                false,
                0,
                false,
                frames,
                new long[0],
                readable ? "" : "the file ends at 20.0 s",
                false,
                new AlertRule[] {CAR, DOG},
                new AlertRule[0],
                new AlertRule[0],
                describe,
                2,
                "2 a second");
    }

    private static SampledFrame frame(long ptsMicros) {
        return new SampledFrame(ptsMicros, 28, 28, new byte[28 * 28 * 3]);
    }
}
