// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model;

import dev.longwatch.model.network.Devices;
import dev.longwatch.model.pixels.VideoBudget;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A video language model. Safe for use by many threads: callers block until they are answered, which is the
 * back-pressure.
 */
public interface VideoModel extends AutoCloseable {

    /**
     * Opens a published model directory on the first GPU that libtorch can use, else on the processor.
     *
     * @throws ModelException in one sentence, if the directory is incomplete, damaged or of an unknown family
     */
    static VideoModel open(Path directory) {
        return open(directory, Devices.preferred());
    }

    /** @param device {@code cpu}, {@code cuda:0}, {@code cuda:1} … */
    static VideoModel open(Path directory, String device) {
        return QwenVideoModel.open(directory, device);
    }

    /** Opens the small model that Longwatch brings along, on the processor: it knows few words, and needs no network. */
    static VideoModel embedded() {
        return open(EmbeddedModel.unpack(), Devices.PROCESSOR);
    }

    /**
     * Answers all questions about one clip. The clip is encoded and prefilled once, its questions decode as one batch.
     *
     * @param clip pictures of the size {@link #fit} gave
     * @param questions at least one
     * @return one answer per question, in their order
     */
    List<Answer> answer(Clip clip, List<Question> questions);

    /**
     * Answers one question about a clip, and tells the answer's text while it is being written.
     *
     * @param clip pictures of the size {@link #fit} gave
     * @param pieces told whole characters in order, on this thread, while others wait for the model; together they are the
     *     answer's text
     */
    Answer answer(Clip clip, Question question, Consumer<String> pieces);

    /**
     * Writes what is asked for in words alone: no video is looked at.
     *
     * @param instruction with everything that the text may be made of
     * @param pieces as in {@link #answer(Clip, Question, Consumer)}
     * @return at most 512 tokens
     * @throws ModelException if the model answers no free questions, see {@link #refusal}
     */
    String write(String instruction, Consumer<String> pieces);

    /** The size to which pictures of a video should be scaled before they are handed in. */
    PictureSize fit(int width, int height);

    /**
     * The size to which pictures should be scaled when all pictures of a clip share a budget, as in published evaluations.
     * The checkpoint's own limits hold besides, as they do there: its processor looks at pictures that were fitted before.
     *
     * @param frames how many pictures the clip has
     */
    PictureSize fit(int width, int height, VideoBudget budget, int frames);

    /**
     * Why it makes no sense to ask this model this question, if it makes none: the embedded model knows few words, and
     * answers nothing in its own. One sentence for a person.
     */
    Optional<String> refusal(Question question);

    /** Name and a digest of the weights, as stored with every event: {@code nano-1a2b3c4d}. */
    String fingerprint();

    /** Where it runs, as torch names it: {@code cpu}, {@code cuda:0}. */
    String device();

    @Override
    void close();

    /** Width and height in pixels. */
    record PictureSize(int width, int height) {}
}
