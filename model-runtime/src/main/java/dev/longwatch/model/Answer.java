// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model;

import java.util.List;

/**
 * What the model said.
 *
 * @param question what was asked
 * @param moments what was seen and when, by start; empty when nothing was
 * @param probability that the described content occurs at all, from the logits of the first answer token; for
 *     {@link Question.Kind#DESCRIBE} that anything occurs; for a {@linkplain Question.Kind#free() free} answer, which
 *     tells none, 1 when it names a moment and 0 when not
 * @param text the generated text, word for word
 * @param readable whether {@code text} could be understood; when not, {@code moments} is empty and the caller counts and
 *     keeps the text
 * @param boxes where in the picture it is, for {@link Question.Kind#LOCATE}
 */
public record Answer(
        Question question, List<Moment> moments, double probability, String text, boolean readable, List<Box> boxes) {

    public Answer {
        moments = List.copyOf(moments);
        boxes = List.copyOf(boxes);
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("expected a probability, found " + probability);
        }
    }

    /** Without boxes. */
    public Answer(Question question, List<Moment> moments, double probability, String text, boolean readable) {
        this(question, moments, probability, text, readable, List.of());
    }

    /**
     * One thing seen.
     *
     * @param span when, in the clip
     * @param description in the model's words; for grounding the query itself
     */
    public record Moment(ClipSpan span, String description) {}
}
