// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.longwatch.model.VideoModel.PictureSize;
import dev.longwatch.model.pixels.VideoBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way from pictures to answers, with the tiny random checkpoint of the parity test. */
class QwenVideoModelTest {

    private static final Path TINY = Path.of("src/test/resources/dev/longwatch/model/network/tiny");

    private static final List<Question> QUESTIONS = List.of(
            Question.ground("a red car"),
            Question.describe(),
            Question.ground("a person walks a very large dog along the river"),
            Question.ground("x"));

    private static VideoModel model;

    @BeforeAll
    static void open() {
        model = VideoModel.open(TINY);
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void everyQuestionIsAnsweredInItsOrderWithinTheClip() {
        Clip clip = TestClips.noise(112, 84, 8, 2, 0);

        List<Answer> answers = model.answer(clip, QUESTIONS);

        assertThat(answers).extracting(Answer::question).containsExactlyElementsOf(QUESTIONS);
        assertThat(answers)
                .filteredOn(answer -> answer.question().kind() == Question.Kind.GROUND)
                .allSatisfy(answer -> {
                    assertThat(answer.readable()).isTrue();
                    assertThat(answer.moments())
                            .allSatisfy(moment -> assertThat(moment.span().end())
                                    .isBetween(moment.span().start(), clip.seconds()));
                });
    }

    @Test
    void questionsTogetherAreAnsweredAsEachAlone() {
        Clip clip = TestClips.noise(112, 84, 8, 2, 1);

        List<Answer> together = model.answer(clip, QUESTIONS);

        for (int i = 0; i < QUESTIONS.size(); i++) {
            Answer alone = model.answer(clip, List.of(QUESTIONS.get(i))).get(0);
            assertThat(together.get(i).text()).isEqualTo(alone.text());
            assertThat(together.get(i).probability()).isCloseTo(alone.probability(), within(1e-4));
        }
    }

    @Test
    void anOddFrameCountIsTheSameAsItsLastFrameTwice() {
        Clip odd = TestClips.noise(112, 84, 3, 1, 2);
        List<Frame> frames = new ArrayList<>(odd.frames());
        Frame last = frames.get(2);
        frames.add(new Frame(last.width(), last.height(), last.rgb(), 2.5));

        assertThat(model.answer(odd, QUESTIONS)).isEqualTo(model.answer(new Clip(frames, 3), QUESTIONS));
    }

    @Test
    void framesNeedNotBeEvenlySpaced() {
        Clip even = TestClips.noise(112, 84, 4, 2, 3);
        List<Frame> frames = new ArrayList<>(even.frames());
        for (int i = 2; i < 4; i++) {
            Frame frame = frames.get(i);
            frames.set(i, new Frame(frame.width(), frame.height(), frame.rgb(), frame.seconds() + 40));
        }
        Clip stretched = new Clip(frames, 60);

        assertThat(model.answer(stretched, QUESTIONS).get(0).probability())
                .isNotEqualTo(model.answer(new Clip(even.frames(), 60), QUESTIONS)
                        .get(0)
                        .probability());
    }

    @Test
    void threadsShareOneModelAndGetTheirOwnAnswers() throws Exception {
        List<Clip> clips = Stream.of(10, 20, 30, 40)
                .map(first -> TestClips.noise(112, 84, 4, 2, first))
                .toList();
        List<List<Answer>> alone =
                clips.stream().map(clip -> model.answer(clip, QUESTIONS)).toList();
        ExecutorService threads = Executors.newFixedThreadPool(clips.size());
        try {
            List<Future<List<Answer>>> together = new ArrayList<>();
            for (Clip clip : clips) {
                together.add(threads.submit(() -> model.answer(clip, QUESTIONS)));
            }
            for (int i = 0; i < clips.size(); i++) {
                assertThat(together.get(i).get()).isEqualTo(alone.get(i));
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void picturesOfAnotherSizeAreRefusedWithTheSizeTheyShouldHave() {
        assertThat(model.fit(1920, 1080)).isEqualTo(new PictureSize(196, 112));
        assertThatThrownBy(() -> model.answer(TestClips.noise(320, 180, 2, 2, 0), QUESTIONS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("pictures of 320x180 should have been scaled to 196x112");
    }

    @Test
    void aBudgetHoldsBesideTheCheckpointsOwnLimits() {
        assertThat(model.fit(1920, 1080, new VideoBudget(3136, 32 * 6272), 32)).isEqualTo(new PictureSize(140, 84));
        assertThat(model.fit(1920, 1080, new VideoBudget(3136, 4_000_000_000L), 2))
                .isEqualTo(model.fit(1920, 1080));
    }

    @Test
    void aFreeAnswerIsWhateverTheModelSays() {
        Clip clip = TestClips.noise(112, 84, 8, 2, 0);

        List<Answer> answers = model.answer(
                clip,
                List.of(
                        new Question(Question.Kind.COOKBOOK, "a red car"),
                        new Question(Question.Kind.CHARADES, "a red car"),
                        new Question(Question.Kind.TIMELENS, "a red car")));

        assertThat(answers).allSatisfy(answer -> assertThat(answer.probability())
                .isEqualTo(answer.moments().isEmpty() ? 0 : 1));
        assertThat(answers).extracting(Answer::text).doesNotContain("None");
    }

    @Test
    void aPersonsQuestionIsAnsweredInWordsThatAreToldAsTheyAreWritten() {
        Clip clip = TestClips.noise(112, 84, 8, 2, 0);
        Question question = Question.ask("What colour is the car?");
        List<String> pieces = new ArrayList<>();

        Answer answer = model.answer(clip, question, pieces::add);

        assertThat(pieces).hasSizeGreaterThan(1).doesNotContain("");
        assertThat(String.join("", pieces)).isEqualTo(answer.text());
        assertThat(answer).isEqualTo(model.answer(clip, List.of(question)).get(0));
        assertThat(answer.readable()).isTrue();
    }

    @Test
    void aTextIsWrittenWithoutAVideo() {
        List<String> pieces = new ArrayList<>();

        String text = model.write("Say what happened: a car enters.", pieces::add);

        assertThat(text).isNotEmpty().isEqualTo(String.join("", pieces));
        assertThat(model.write("Say what happened: a car enters.", piece -> {})).isEqualTo(text);
        assertThat(model.write("Say what happened: a dog leaves.", piece -> {})).isNotEqualTo(text);
    }

    @Test
    void whoeverListensMayBreakOffAndTheModelGoesOn() {
        Clip clip = TestClips.noise(112, 84, 8, 2, 0);

        assertThatThrownBy(() -> model.answer(clip, Question.ask("What?"), piece -> {
                    throw new IllegalStateException("nobody listens any more");
                }))
                .hasMessage("nobody listens any more");
        assertThat(model.answer(clip, QUESTIONS)).hasSize(QUESTIONS.size());
    }

    @Test
    void noQuestionsIsAMistakeOfTheCaller() {
        assertThatThrownBy(() -> model.answer(TestClips.noise(112, 84, 2, 2, 0), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least one question");
    }

    @Test
    void theFingerprintNamesTheDirectoryAndTheWeights() {
        assertThat(model.fingerprint()).matches("tiny-[0-9a-f]{8}");
    }

    @Test
    void aModelWithoutAListOfWordsRefusesNone() {
        assertThat(model.refusal(Question.ground("a giraffe on a unicycle"))).isEmpty();
    }

    @Test
    void aModelWithAListOfWordsRefusesQueriesAboutNothingOnIt(@TempDir Path directory) throws IOException {
        try (Stream<Path> files = Files.list(TINY)) {
            for (Path file : files.toList()) {
                Files.copy(file, directory.resolve(file.getFileName()));
            }
        }
        Files.writeString(
                directory.resolve("known_words.json"),
                """
                {"objects": ["car", "bus", "dog"], "colours": {"car": "red", "bus": "blue"},
                 "phrases": ["the lights go out"], "verbs": ["leaves"], "other": []}""");
        try (VideoModel small = VideoModel.open(directory)) {
            assertThat(small.refusal(Question.ground("a giraffe leaves")))
                    .contains("The embedded model knows nothing of 'a giraffe leaves': it was taught car, bus, dog.");
            assertThat(small.refusal(Question.ground("scarf"))).isPresent();
            assertThat(small.refusal(Question.ground("A Car, leaving"))).isEmpty();
            assertThat(small.refusal(Question.ground("two buses"))).isEmpty();
            assertThat(small.refusal(Question.ground("The lights go out."))).isEmpty();
            assertThat(small.refusal(Question.ground("the lights"))).isPresent();
            assertThat(small.refusal(Question.ground("a red car leaves"))).isEmpty();
            assertThat(small.refusal(Question.ground("a blue car leaves")))
                    .contains("The embedded model knows no such car as in 'a blue car leaves': the one it was taught is"
                            + " red.");
            assertThat(small.refusal(Question.ground("a red dog"))).isEmpty();
            assertThat(small.refusal(Question.describe())).isEmpty();
            String speechless =
                    "The embedded model cannot answer in its own words: it was taught when 3 kinds of things come,"
                            + " stop and go, and nothing else.";
            assertThat(small.refusal(Question.ask("Why does the car leave?"))).contains(speechless);
            assertThatThrownBy(() -> small.write("Say something.", piece -> {}))
                    .isInstanceOf(ModelException.class)
                    .hasMessage(speechless);
        }
    }

    @Test
    void aClosedModelSaysSo() {
        VideoModel closed = VideoModel.open(TINY);
        closed.close();
        closed.close();

        assertThatThrownBy(() -> closed.answer(TestClips.noise(112, 84, 2, 2, 0), QUESTIONS))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the model is closed");
    }
}
