// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.ground;

import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.jobs.clip.VideoClip;
import dev.longwatch.jobs.decode.PictureFit;
import dev.longwatch.model.ModelException;
import dev.longwatch.model.Question;
import dev.longwatch.model.VideoModel;
import dev.longwatch.model.pixels.VideoBudget;
import java.util.List;
import java.util.Optional;

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

    /** Name and digest of the model. */
    public String fingerprint() {
        return model.fingerprint();
    }

    /** Why the model cannot be asked about something; nothing when it can. */
    public Optional<String> refusal(AlertRule rule) {
        return model.refusal(Question.ground(rule.when()));
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
