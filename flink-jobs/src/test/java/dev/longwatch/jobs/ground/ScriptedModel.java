// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.ground;

import dev.longwatch.model.Answer;
import dev.longwatch.model.Clip;
import dev.longwatch.model.ModelException;
import dev.longwatch.model.Question;
import dev.longwatch.model.VideoModel;
import dev.longwatch.model.pixels.VideoBudget;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A model whose answers are written by the test. */
public final class ScriptedModel implements VideoModel {

    private static final String SPEECHLESS = "The scripted model has no words of its own.";
    private static final int PIECE = 3;

    /** Answers one question about one clip; travels with the job. */
    @FunctionalInterface
    public interface Script extends Serializable {
        Answer answer(Clip clip, Question question);
    }

    /** Writes a text without a video; travels with the job. */
    @FunctionalInterface
    public interface Pen extends Serializable {
        String write(String instruction);
    }

    /**
     * Where a scripted model comes from.
     *
     * @param pen null for a model that cannot answer in its own words
     */
    public record Address(Script script, @Nullable Pen pen) implements ModelAddress {

        public Address(Script script) {
            this(script, null);
        }

        @Override
        public VideoModel open() {
            return new ScriptedModel(script, pen);
        }
    }

    private final Script script;
    private final @Nullable Pen pen;

    private ScriptedModel(Script script, @Nullable Pen pen) {
        this.script = script;
        this.pen = pen;
    }

    @Override
    public List<Answer> answer(Clip clip, List<Question> questions) {
        return questions.stream().map(question -> script.answer(clip, question)).toList();
    }

    @Override
    public Answer answer(Clip clip, Question question, Consumer<String> pieces) {
        Answer answer = script.answer(clip, question);
        tell(answer.text(), pieces);
        return answer;
    }

    @Override
    public String write(String instruction, Consumer<String> pieces) {
        if (pen == null) {
            throw new ModelException(SPEECHLESS);
        }
        String text = pen.write(instruction);
        tell(text, pieces);
        return text;
    }

    /** In pieces of a few characters, as tokens are. */
    private static void tell(String text, Consumer<String> pieces) {
        for (int at = 0; at < text.length(); at += PIECE) {
            pieces.accept(text.substring(at, Math.min(text.length(), at + PIECE)));
        }
    }

    @Override
    public PictureSize fit(int width, int height) {
        return new PictureSize(width, height);
    }

    @Override
    public PictureSize fit(int width, int height, VideoBudget budget, int frames) {
        return new PictureSize(width, height);
    }

    @Override
    public Optional<String> refusal(Question question) {
        boolean inItsOwnWords = question.kind() == Question.Kind.ASK || question.kind() == Question.Kind.LOCATE;
        return inItsOwnWords && pen == null ? Optional.of(SPEECHLESS) : Optional.empty();
    }

    @Override
    public String fingerprint() {
        return "scripted-0";
    }

    @Override
    public String device() {
        return "cpu";
    }

    @Override
    public void close() {}
}
