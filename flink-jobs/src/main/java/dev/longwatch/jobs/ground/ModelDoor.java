// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.ground;

import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.jobs.clip.VideoClip;
import dev.longwatch.jobs.decode.PictureFit;
import dev.longwatch.model.ModelException;
import dev.longwatch.model.Question;
import dev.longwatch.model.VideoModel;
import dev.longwatch.model.network.Devices;
import dev.longwatch.model.pixels.VideoBudget;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Tries a model before a job is built on it, and holds it open so that the job finds it loaded.
 */
public final class ModelDoor implements AutoCloseable {

    private final ModelAddress address;
    private final VideoModel model;

    private ModelDoor(ModelAddress address, VideoModel model) {
        this.address = address;
        this.model = model;
    }

    /** @throws UnusableModelException when the model cannot be opened */
    public static ModelDoor open(ModelAddress address) {
        try {
            return new ModelDoor(address, SharedModels.acquire(address));
        } catch (ModelException e) {
            throw new UnusableModelException(e);
        }
    }

    /** Why models run on the processor here, half a sentence; nothing when they run on a GPU. */
    public static Optional<String> noGpu() {
        return Devices.noGpu();
    }

    /** What models run on, with its version. */
    public static String engine() {
        return Devices.engine();
    }

    /** Where the model runs: {@code cpu}, {@code cuda:0}. */
    public String device() {
        return model.device();
    }

    /** Name and digest of the model. */
    public String fingerprint() {
        return model.fingerprint();
    }

    /** Why the model cannot be asked about something; nothing when it can. */
    public Optional<String> refusal(AlertRule rule) {
        return model.refusal(Question.ground(rule.when()));
    }

    /** Why the model cannot answer in its own words; nothing when it can. */
    public Optional<String> speechless() {
        return model.refusal(Question.ask("anything"));
    }

    /**
     * Asks a model that can answer in its own words about a clip, on this thread.
     *
     * @param clip with pictures
     * @param pieces told the answer while it is written, on this thread
     */
    public FreeAnswer ask(VideoClip clip, String question, Consumer<String> pieces) {
        CitedSeconds cited = new CitedSeconds(clip);
        Brackets answer = new Brackets(cited::onVideoClock, pieces);
        model.answer(Asking.pictures(clip), Question.ask(question), answer::add);
        answer.end();
        return new FreeAnswer(answer.text(), cited.spans());
    }

    /**
     * Lets a model that can answer in its own words write a text without looking at a video.
     *
     * @param instruction with everything the text may be made of
     * @param pieces told the text while it is written, on this thread
     */
    public String write(String instruction, Consumer<String> pieces) {
        return model.write(instruction, pieces);
    }

    /**
     * Asks the model about a clip, on this thread.
     *
     * @return one reply for each rule of the clip, in their order; the dense caption, if the clip wants one, last
     */
    public List<Reply> ask(VideoClip clip, Prompt prompt) {
        return Asking.ask(model, clip, prompt);
    }

    /**
     * Pictures at the size the model wants them when those of a clip share a budget.
     *
     * @param minPixels least area of a picture
     * @param totalPixels see {@link VideoBudget}
     * @param frames how many pictures the clip will have, at least 1
     */
    public PictureFit fit(long minPixels, long totalPixels, int frames) {
        VideoBudget budget = new VideoBudget(minPixels, totalPixels);
        return (width, height) -> {
            VideoModel.PictureSize size = model.fit(width, height, budget, frames);
            return new PictureFit.PictureSize(size.width(), size.height());
        };
    }

    /** Why the model cannot be asked about some of these conditions: the first reason; nothing when it can about all. */
    public Optional<String> refusal(List<String> conditions) {
        return conditions.stream()
                .map(condition -> refusal(AlertRule.of(condition)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Why the model cannot be asked some of these rules, one sentence each; empty when it can be asked all. */
    public List<String> refusals(List<AlertRule> rules) {
        return rules.stream()
                .filter(AlertRule::asksTheModel)
                .map(this::refusal)
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public void close() {
        SharedModels.release(address);
    }

    /** The model cannot be used; the message says why. */
    public static final class UnusableModelException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private UnusableModelException(ModelException cause) {
            super(cause.getMessage(), cause);
        }
    }
}
