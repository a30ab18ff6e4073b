// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.jobs.ConfigException;
import dev.longwatch.jobs.Square;
import dev.longwatch.jobs.ask.AskConfig.Moment;
import dev.longwatch.jobs.ask.AskConfig.Part;
import dev.longwatch.jobs.clip.Clock;
import dev.longwatch.jobs.decode.Videos;
import dev.longwatch.jobs.ground.ScriptedModel;
import dev.longwatch.jobs.record.Recordings;
import dev.longwatch.model.Answer;
import dev.longwatch.model.Question;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real videos of 40 s with a square from 5.2 to 10.8 s and from 20 to 36 s, and a model that sees it or writes what it is told. */
class InquiryTest {

    private static final String VIDEO = Videos.uri("b-frames.mp4");
    private static final AtomicInteger LOADED = new AtomicInteger();

    /** Sees squares and nothing else. */
    private static final ScriptedModel.Script SQUARES = (clip, question) -> {
        LOADED.incrementAndGet();
        return question.text().contains("square")
                ? Square.in(clip, question)
                : new Answer(question, List.of(), 0.03, "None", true);
    };

    private final List<String> told = new ArrayList<>();
    private final List<Seen> rests = new ArrayList<>();
    private final List<Seen> parts = new ArrayList<>();
    private final StringBuilder pieces = new StringBuilder();

    @Test
    void whatIsKeptSettlesItWithoutTheModel() {
        Moment first = moment("a car enters", 5_200, 10_800);
        Moment second = moment("a car enters", 20_000, 36_000);
        Moment other = moment("a car leaves", 1_000, 2_000);

        assertThat(answer("When does a car enter?", first, second, other).text())
                .isEqualTo("2 times: 00:00:05.2–00:00:10.8, 00:00:20.0–00:00:36.0.");
        assertThat(answer("Did a car enter?", first).text()).isEqualTo("Yes: at 00:00:05.2–00:00:10.8.");
        assertThat(answer("Did a car enter?", second, first).text())
                .isEqualTo("Yes: 2 times, first at 00:00:05.2–00:00:10.8.");
        assertThat(answer("How many times does a car enter?", first, second).text())
                .startsWith("2 times: ");
        assertThat(answer("How long does a car enter?", first, second).text()).startsWith("21.6 s in all: ");
        assertThat(answer("When does a car last enter?", first, second).text())
                .isEqualTo("Last at 00:00:20.0–00:00:36.0.");
        assertThat(rests).last().extracting(Seen::span).isEqualTo(new TimeSpan(20_000, 36_000));
        assertThat(answer("When does a car enter after a car leaves?", second, first, other)
                        .text())
                .startsWith("2 times: ");
        assertThat(answer("Does a car enter before a car leaves?", second, first, other)
                        .text())
                .isEqualTo("No.");
        assertThat(told).noneMatch(line -> line.startsWith("looking") || line.equals("loading"));
    }

    @Test
    void ofSomeMomentsOnlyAtLeastIsSaid() {
        AskConfig some = new AskConfig(
                "How often does a car enter?",
                List.of(moment("a car enters", 5_200, 10_800)),
                false,
                List.of(),
                0,
                Long.MAX_VALUE,
                false,
                "",
                2,
                24);

        assertThat(answer(some, null).text()).isEqualTo("At least once: 00:00:05.2–00:00:10.8.");
    }

    @Test
    void streamsAreNamedWhereThereAreSeveral() {
        Moment gate = new Moment("gate", VIDEO, "dog", "a dog", 1_000, 2_000, 50_000, 0.9);
        Moment yard = new Moment("yard", VIDEO, "dog", "a dog", 3_000, 4_000, 0, 0.9);

        assertThat(answer("Which cameras show a dog?", gate, yard).text()).isEqualTo("On yard (once), gate (once).");
        assertThat(answer("When is there a dog?", gate, yard).text())
                .isEqualTo("2 times: 00:00:03.0–00:00:04.0 of yard, 00:00:01.0–00:00:02.0 of gate.");
    }

    @Test
    void whatIsNotSettledIsLookedAtAgainRoundTheMoments() {
        Inquiry.Answer answer = answer("When is there a square?", moment("a shape moves", 7_000, 8_000));

        assertThat(answer.known()).isTrue();
        assertThat(answer.basis()).isEqualTo("footage");
        assertThat(answer.text()).startsWith("At 00:00:05.");
        assertThat(answer.why()).startsWith("Looked at video 00:00:00.0–00:00:16.0 only.");
        assertThat(answer.model()).isEqualTo("scripted-0");
        assertThat(rests).singleElement().satisfies(seen -> {
            assertThat(seen.span().startMillis()).isBetween(5_000L, 6_000L);
            assertThat(seen.span().endMillis()).isBetween(10_500L, 11_500L);
            assertThat(seen.probability()).isEqualTo(0.9);
        });
        assertThat(told).startsWith("loading", "looking video 0 of 1").contains("looking video 1 of 1");
    }

    @Test
    void whereItIsNotSeenOnlyAWholeSaysNever() {
        Inquiry.Answer some = answer("Is there a circle?", moment("a shape moves", 7_000, 8_000));
        assertThat(some.known()).isFalse();
        assertThat(some.why())
                .isEqualTo(
                        "Not seen where it was looked at: a circle is there (probability at most 0.03). Looked at video"
                                + " 00:00:00.0–00:00:16.0 only.");

        Inquiry.Answer whole = answer(looking("Is there a circle?", VIDEO, 24), null);
        assertThat(whole.known()).isTrue();
        assertThat(whole.text()).isEqualTo("No.");
        assertThat(rests).last().satisfies(seen -> {
            assertThat(seen.text()).isEqualTo("not seen: a circle is there");
            assertThat(seen.span().startMillis()).isZero();
            assertThat(seen.span().endMillis()).isBetween(39_900L, 40_100L);
            assertThat(seen.probability()).isEqualTo(0.97);
        });
    }

    @Test
    void aWholeIsCountedAndAPartOfItAtLeast() {
        assertThat(answer(looking("How often is there a square?", VIDEO, 24), null)
                        .text())
                .startsWith("2 times: 00:00:05.");
        assertThat(answer(looking("How often is there a square?", VIDEO, 1), null))
                .satisfies(answer -> {
                    assertThat(answer.text()).startsWith("At least once: 00:00:05.");
                    assertThat(answer.why()).startsWith("Looked at video 00:00:00.0–00:00:16.0 only.");
                });
        assertThat(answer(looking("Is there a circle?", VIDEO, 1), null).known())
                .isFalse();
    }

    @Test
    void footageThatIsGoneIsNoReasonToSayNever() {
        Inquiry.Answer answer = answer(looking("Is there a circle?", "gone.mp4", 24), null);

        assertThat(answer.known()).isFalse();
        assertThat(answer.why()).contains("gone.mp4 does not exist");
    }

    @Test
    void aRecordingIsLookedAtOnTheWallClock(@TempDir Path root) throws IOException {
        long noon = 1_793_880_000_000L;
        Recordings recording = new Recordings(root, "yard");
        recording.segment(Path.of("target/test-classes/videos/b-frames.mp4"), noon, 40_000);
        Moment moment = new Moment("yard", "recording:" + root, "shape", "a shape", noon + 6_000, noon + 7_000, 0, 0.9);

        Inquiry.Answer answer = answer("When is there a square?", moment);

        assertThat(rests)
                .singleElement()
                .satisfies(seen -> assertThat(seen.span().startMillis()).isBetween(noon + 5_000, noon + 6_000));
        assertThat(answer.text()).isEqualTo("At " + Clock.here(rests.get(0).span()) + ".");
    }

    @Test
    void momentsOutsideOfTheTimeThatIsAskedAboutDoNotCount() {
        AskConfig late = new AskConfig(
                "When does a car enter?",
                List.of(moment("a car enters", 5_200, 10_800), moment("a car enters", 20_000, 36_000)),
                true,
                List.of(),
                15_000,
                30_000,
                false,
                "",
                2,
                24);

        assertThat(answer(late, null).text()).isEqualTo("At 00:00:20.0–00:00:36.0.");
    }

    @Test
    void aModelWithoutWordsOfItsOwnDoesNotKnow() {
        Inquiry.Answer answer = answer("What colour is the square?", moment("a square", 7_000, 8_000));

        assertThat(answer.known()).isFalse();
        assertThat(answer.why())
                .isEqualTo(
                        "This is none of the questions that follow from when something is seen. The scripted model has no"
                                + " words of its own.");
        assertThat(pieces).isEmpty();
        assertThat(answer("What colour is it?").why()).isEqualTo("Nothing that was watched tells of it.");
    }

    @Test
    void oneClipIsAnsweredAboutAsTheModelWrites() {
        Inquiry.Answer answer = answer(
                config("What colour is the square?", moment("a square", 7_000, 8_000)),
                saying(clip -> "It is white [6.0 s], later grey [7.5 - 9 s], at last gone [99 s]."),
                "unused");

        assertThat(answer.known()).isTrue();
        assertThat(answer.text())
                .isEqualTo("It is white [00:00:06.0], later grey [00:00:07.5–00:00:09.0], at last gone .");
        assertThat(answer.basis()).isEqualTo("words");
        assertThat(pieces.toString()).isEqualTo(answer.text());
        assertThat(told.stream().filter(line -> line.startsWith("piece")).count())
                .isGreaterThan(5);
        assertThat(rests)
                .extracting(Seen::span)
                .containsExactly(new TimeSpan(6_000, 6_000), new TimeSpan(7_500, 9_000));
        assertThat(rests).extracting(Seen::probability).containsOnly(0.9);
    }

    @Test
    void severalClipsArePutTogetherAndNothingIsCitedThatWasNotShown() {
        Inquiry.Answer answer = answer(
                config(
                        "What colour is the square?",
                        moment("a square", 7_000, 8_000),
                        moment("a square", 38_500, 39_000)),
                saying(first -> first ? "It is white [6 s]." : "It is black [4 - 5 s]."),
                "White, then black [00:00:06.0], never green [00:00:07.0].");

        assertThat(parts)
                .extracting(Seen::text)
                .containsExactly("It is white [00:00:06.0].", "It is black [00:00:32.0–00:00:33.0].");
        assertThat(answer.text()).isEqualTo("White, then black [00:00:06.0], never green .");
        assertThat(rests).extracting(Seen::span).containsExactly(new TimeSpan(6_000, 6_000));
    }

    @Test
    void theModelMayNotKnowAndThenNothingIsWritten() {
        AskConfig config = config("What colour is the square?", moment("a square", 7_000, 8_000));

        Inquiry.Answer answer = answer(config, saying(first -> "I do not know."), "unused");

        assertThat(answer.known()).isFalse();
        assertThat(answer.why())
                .isEqualTo("The model says that it does not know. It was shown video 00:00:00.0–00:00:16.0.");
        assertThat(pieces).isEmpty();
        assertThat(answer(config, saying(first -> "I do"), "unused").text()).isEqualTo("I do");
    }

    @Test
    void whatOneOfSeveralClipsShowsIsTheAnswer() {
        Inquiry.Answer answer = answer(
                config(
                        "What colour is the square?",
                        moment("a square", 7_000, 8_000),
                        moment("a square", 38_500, 39_000)),
                saying(first -> first ? "I don't know" : "It is black."),
                "unused");

        assertThat(answer.text()).isEqualTo("It is black.");
        assertThat(rests).extracting(Seen::span).as("the whole clip").containsExactly(new TimeSpan(28_000, 40_000));
    }

    @Test
    void aConfigurationThatCannotBeIsRefused() {
        assertThatThrownBy(() -> AskConfig.parse("{}"))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("not a question's configuration: ");
        assertThatThrownBy(() -> config(" "))
                .isInstanceOf(ConfigException.class)
                .hasMessage("expected a question, found none");
    }

    @Test
    void stretchesThatMeetAreLookedAtInOneGo() {
        List<Stretch> joined = Stretch.joined(
                List.of(
                        new Stretch("yard", "y", 10, 11),
                        new Stretch("yard", "y", 2, 3),
                        new Stretch("gate", "g", 2, 3),
                        new Stretch("yard", "y", 4, 9),
                        new Stretch("yard", "y", 50, 60)),
                14);

        assertThat(joined)
                .containsExactly(
                        new Stretch("yard", "y", 2, 11),
                        new Stretch("gate", "g", 2, 3),
                        new Stretch("yard", "y", 50, 51));
    }

    /** What a model says of the first clip and of any other. */
    private interface Words extends java.io.Serializable {
        String of(boolean first);
    }

    private static ScriptedModel.Script saying(Words words) {
        return (clip, question) -> {
            if (question.kind() != Question.Kind.ASK) {
                return new Answer(question, List.of(), 0.9, "…", true);
            }
            boolean whole = clip.seconds() > 15.9;
            return new Answer(question, List.of(), 0, words.of(whole), true);
        };
    }

    private static Moment moment(String text, long startMillis, long endMillis) {
        return new Moment("video", VIDEO, text, text, startMillis, endMillis, 0, 0.8);
    }

    private static AskConfig config(String question, Moment... moments) {
        return new AskConfig(question, List.of(moments), true, List.of(), 0, Long.MAX_VALUE, false, "", 2, 24);
    }

    private static AskConfig looking(String question, String uri, int mostClips) {
        List<Part> whole = List.of(new Part("video", uri, 0, Long.MAX_VALUE));
        return new AskConfig(question, List.of(), true, whole, 0, Long.MAX_VALUE, false, "", 2, mostClips);
    }

    private Inquiry.Answer answer(String question, Moment... moments) {
        return answer(config(question, moments), null);
    }

    private Inquiry.Answer answer(AskConfig config, @Nullable String written) {
        return answer(config, SQUARES, written);
    }

    private Inquiry.Answer answer(AskConfig config, ScriptedModel.Script script, @Nullable String written) {
        ScriptedModel.Pen pen = written == null ? null : instruction -> written;
        told.clear();
        rests.clear();
        parts.clear();
        pieces.setLength(0);
        try (Inquiry inquiry = new Inquiry(config, new ScriptedModel.Address(script, pen), new Listening())) {
            return inquiry.answer();
        }
    }

    private final class Listening implements Inquiry.Told {

        @Override
        public void loading() {
            told.add("loading");
        }

        @Override
        public void looking(Stretch stretch, long done, long of) {
            told.add("looking " + stretch.stream() + " " + done + " of " + of);
        }

        @Override
        public void part(Seen stretch) {
            parts.add(stretch);
        }

        @Override
        public void piece(String text) {
            told.add("piece " + text);
            pieces.append(text);
        }

        @Override
        public void rests(Seen moment) {
            rests.add(moment);
        }
    }
}
