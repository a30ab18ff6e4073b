// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.jobs.ConfigException;
import dev.longwatch.jobs.decode.Videos;
import dev.longwatch.jobs.ground.ModelDoor;
import dev.longwatch.jobs.ground.ScriptedModel;
import dev.longwatch.model.Answer;
import dev.longwatch.model.ClipSpan;
import dev.longwatch.model.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real video, and a model whose answers are written here. */
class EvaluationTest {

    private static final Path VIDEO = Path.of(Videos.uri("no-b-frames.mp4"));
    private static final List<Integer> FRAMES = new ArrayList<>();

    /** In every clip the square is there from 1 s to the clip's end, and nothing else is. */
    private static final ScriptedModel.Script SQUARE = (clip, question) -> {
        FRAMES.add(clip.frames().size());
        boolean there = question.text().equals("a square");
        List<Answer.Moment> moments = there ? List.of(moment(1, clip.seconds())) : List.of();
        return new Answer(question, moments, there ? 0.9 : 0.2, there ? "1 - end" : "None", true);
    };

    @TempDir
    Path folder;

    private final List<String> told = new ArrayList<>();

    @Test
    void aVideoThatFitsIsAskedAboutAsAWhole() throws IOException {
        Run run = run(SQUARE, config("", 60_000), square(0, 4), square(20, 21), absent("a circle"));

        assertThat(run.result.videos()).isEqualTo(new EvalResult.Videos(1, 1, 1, 0, 0, 0));
        assertThat(run.result.queries().measured()).isEqualTo(3);
        long end = run.outcomes.get(0).found().get(0).endMillis();
        assertThat(run.outcomes.get(0).found()).containsExactly(new TimeSpan(1_000, end));
        assertThat(run.result.videoSeconds()).isEqualTo(end / 1e3);
        assertThat(run.outcomes.get(2).found()).isEmpty();
        assertThat(run.outcomes.get(2).probability()).isEqualTo(0.2);
        assertThat(run.result.prompt()).isEqualTo("longwatch");
    }

    @Test
    void aLongerOneIsWatchedOnTheGridAndStitched() throws IOException {
        // 75 s, clips of 16 s every 14 s
        Path street = Path.of(System.getProperty("longwatch.root"), "sample/street.mp4");
        ScriptedModel.Script always = (clip, question) -> new Answer(
                question,
                List.of(moment(0, clip.seconds())),
                question.text().equals("a street") ? 0.9 : 0.3,
                "…",
                true);
        Run run = run(
                always,
                config("", 60_000),
                "{\"video\": \"" + street + "\", \"query\": \"a street\", \"spans\": [[0, 75]]}",
                "{\"video\": \"" + street + "\", \"query\": \"a river\", \"spans\": []}");

        assertThat(run.result.videos()).isEqualTo(new EvalResult.Videos(1, 1, 0, 1, 0, 0));
        assertThat(run.outcomes.get(0).found()).hasSize(1);
        assertThat(run.outcomes.get(0).iou()).isGreaterThan(0.99);
        assertThat(run.outcomes.get(1).found()).as("below the threshold").isEmpty();
    }

    @Test
    void inFreeWordsTheFirstMomentCounts() throws IOException {
        ScriptedModel.Script rambling = (clip, question) -> {
            assertThat(question.kind()).isEqualTo(Question.Kind.TIMELENS);
            return switch (question.text()) {
                case "a square" -> new Answer(question, List.of(moment(1, 2), moment(3, 4)), 1, "1 - 2, 3 - 4", true);
                default -> new Answer(question, List.of(), 0, "Hm.", false);
            };
        };
        Run run = run(rambling, config("timelens", 60_000), square(1, 2), absent("a circle"));

        assertThat(run.outcomes.get(0).found()).containsExactly(new TimeSpan(1_000, 2_000));
        assertThat(run.result.queries().severalMoments()).isEqualTo(1);
        assertThat(run.result.queries().unreadable()).isEqualTo(1);
        assertThat(run.result.figures().calibration()).isNull();
    }

    @Test
    void theRateAndTheUnevenGapsReachTheSampler() throws IOException {
        run(SQUARE, config("", 60_000), square(0, 4));
        int even = FRAMES.get(FRAMES.size() - 1);
        run(SQUARE, new EvalConfig("", "", "", "", "", 8, false, 0, false, 0, 0, 60_000), square(0, 4));
        int fast = FRAMES.get(FRAMES.size() - 1);
        Run uneven = run(SQUARE, new EvalConfig("", "", "", "", "", 2, true, 7, false, 0, 0, 60_000), square(0, 4));

        assertThat(fast).isGreaterThan(3 * even);
        assertThat(FRAMES.get(FRAMES.size() - 1)).isBetween(even * 2 / 3, even * 3 / 2 + 1);
        assertThat(uneven.result.unevenSeed()).isEqualTo(7);
    }

    @Test
    void byChangeFewerPicturesAreLookedAtAndCounted() throws IOException {
        Run all = run(SQUARE, new EvalConfig("", "", "", "", "", 8, false, 0, false, 0, 0, 60_000), square(0, 4));
        Run some = run(SQUARE, new EvalConfig("", "", "", "", "", 8, false, 0, true, 0, 0, 60_000), square(0, 4));

        assertThat(all.result.byChange()).isFalse();
        assertThat(some.result.byChange()).isTrue();
        assertThat(some.result.pictures()).isLessThan(all.result.pictures()).isGreaterThan(1);
        assertThat(FRAMES.get(FRAMES.size() - 1)).isEqualTo((int) some.result.pictures());
    }

    @Test
    void whatCannotBeWatchedIsNamedWithItsLineAndTheRestGoesOn() throws IOException {
        Run run = run(
                SQUARE,
                config("", 60_000),
                "{\"video\": \"gone.mp4\", \"query\": \"a square\", \"spans\": [[1, 2]]}",
                "{\"video\": \"" + Videos.uri("text.mp4") + "\", \"query\": \"a square\", \"spans\": [[1, 2]]}",
                square(0, 4));

        assertThat(run.result.videos()).isEqualTo(new EvalResult.Videos(3, 1, 1, 0, 2, 0));
        assertThat(run.result.queries().measured()).isEqualTo(1);
        assertThat(told.get(0)).startsWith("labels.jsonl:1: ").endsWith("gone.mp4 does not exist");
        assertThat(told.get(1)).startsWith("labels.jsonl:2: ");
        assertThat(run.result.problems()).containsAll(told.subList(0, 2));
    }

    @Test
    void aLabelBeyondTheEndIsTold() throws IOException {
        Run run = run(SQUARE, config("", 60_000), square(0, 4000));

        assertThat(run.result.queries().beyondTheEnd()).isEqualTo(1);
        assertThat(run.result.problems())
                .singleElement()
                .asString()
                .matches("labels\\.jsonl:1: the label ends at 4000\\.00 s, the video at \\d+\\.\\d\\d s");
    }

    @Test
    void everythingThatHappensIsAskedBesideTheQueries() throws IOException {
        ScriptedModel.Script script = (clip, question) -> question.kind() == Question.Kind.DESCRIBE
                ? new Answer(question, List.of(moment(0, 1), moment(1, 2)), 0.9, "[…]", true)
                : SQUARE.answer(clip, question);
        Run run = run(
                script,
                config("", 60_000),
                square(0, 4),
                "{\"video\": \"" + VIDEO + "\", \"events\": [{\"start\": 0, \"end\": 1, \"text\": \"Seen.\"}]}");

        assertThat(run.outcomes.get(0).found()).hasSize(1);
        assertThat(run.outcomes.get(1).captions())
                .containsExactly(
                        new Caption(new TimeSpan(0, 1_000), "seen"), new Caption(new TimeSpan(1_000, 2_000), "seen"));
        assertThat(run.result.figures().captions().precision().value()).isEqualTo(0.5);
    }

    @Test
    void whatWasMeasuredBeforeAFailureIsNotLost() throws IOException {
        Path copy = Files.copy(VIDEO, folder.resolve("copy.mp4"));
        ScriptedModel.Script failing = (clip, question) -> {
            if (question.text().equals("the end")) {
                throw new IllegalStateException("no memory left");
            }
            return SQUARE.answer(clip, question);
        };
        Path file = Files.write(
                folder.resolve("labels.jsonl"),
                List.of(square(0, 4), "{\"video\": \"" + copy + "\", \"query\": \"the end\", \"spans\": []}"));
        Labels labels = Labels.read(file, "", "");
        ScriptedModel.Address address = new ScriptedModel.Address(failing);
        EvalConfig config = config("", 60_000);
        try (ModelDoor door = ModelDoor.open(address)) {
            Evaluation evaluation =
                    new Evaluation(config, labels, address, door, Evaluation.prompt(config, labels.format()));

            assertThatThrownBy(() -> evaluation.run((done, found, refused, problem) -> {}))
                    .hasMessage("no memory left");

            EvalResult result = evaluation.result(true);
            assertThat(result.stopped()).isTrue();
            assertThat(result.queries().measured()).isEqualTo(1);
            assertThat(result.figures().grounding()).isNotNull();
        }
    }

    @Test
    void aPromptThatIsNoneIsRefused() {
        assertThatThrownBy(() -> run(SQUARE, config("chatty", 60_000), square(0, 4)))
                .isInstanceOf(ConfigException.class)
                .hasMessage("expected a prompt among longwatch, cookbook, charades, timelens, found 'chatty'");
    }

    @Test
    void aConfigurationIsRefusedInOneSentence() {
        assertThatThrownBy(() -> EvalConfig.parse("{")).isInstanceOf(ConfigException.class);
        assertThatThrownBy(() -> new EvalConfig("", "", "", "", "", 0.1, false, 0, false, 0, 0, 0))
                .hasMessage("expected 0.5 to 8.0 frames a second, found 0.1");
        assertThatThrownBy(() -> new EvalConfig("", "", "", "", "", 2, false, 0, false, 3136, 0, 0))
                .isInstanceOf(ConfigException.class);
    }

    private record Run(EvalResult result, List<Outcome> outcomes) {}

    private Run run(ScriptedModel.Script script, EvalConfig config, String... lines) throws IOException {
        Path file = Files.write(folder.resolve("labels.jsonl"), List.of(lines));
        Labels labels = Labels.read(file, "", "");
        ScriptedModel.Address address = new ScriptedModel.Address(script);
        List<Outcome> outcomes = new ArrayList<>();
        try (ModelDoor door = ModelDoor.open(address)) {
            Evaluation evaluation =
                    new Evaluation(config, labels, address, door, Evaluation.prompt(config, labels.format()));
            evaluation.run((done, found, refused, problem) -> {
                outcomes.addAll(found);
                told.add(problem);
            });
            return new Run(evaluation.result(false), outcomes);
        }
    }

    private static EvalConfig config(String prompt, long wholeMillis) {
        return new EvalConfig("", "", "", "", prompt, 2, false, 0, false, 0, 0, wholeMillis);
    }

    private static String square(int start, int end) {
        return "{\"video\": \"" + VIDEO + "\", \"query\": \"a square\", \"spans\": [[" + start + ", " + end + "]]}";
    }

    private static String absent(String query) {
        return "{\"video\": \"" + VIDEO + "\", \"query\": \"" + query + "\", \"spans\": []}";
    }

    private static Answer.Moment moment(double start, double end) {
        return new Answer.Moment(new ClipSpan(start, end), "seen");
    }
}
