// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.ground;

import dev.longwatch.model.Answer;
import dev.longwatch.model.Clip;
import dev.longwatch.model.Question;
import dev.longwatch.model.VideoModel;
import dev.longwatch.model.pixels.VideoBudget;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/** A model whose answers are written by the test. */
public final class ScriptedModel implements VideoModel {

    /** Answers one question about one clip; travels with the job. */
    @FunctionalInterface
    public interface Script extends Serializable {
        Answer answer(Clip clip, Question question);
    }

    /** Where a scripted model comes from. */
    public record Address(Script script) implements ModelAddress {
        @Override
        public VideoModel open() {
            return new ScriptedModel(script);
        }
    }

    private final Script script;

    private ScriptedModel(Script script) {
        this.script = script;
    }

    @Override
    public List<Answer> answer(Clip clip, List<Question> questions) {
        return questions.stream().map(question -> script.answer(clip, question)).toList();
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
        return Optional.empty();
    }

    @Override
    public String fingerprint() {
        return "scripted-0";
    }

    @Override
    public void close() {}
}
