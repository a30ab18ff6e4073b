// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.answer;

import dev.longwatch.model.Answer;
import dev.longwatch.model.Answer.Moment;
import dev.longwatch.model.ClipSpan;
import dev.longwatch.model.Question;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Reads what a model said about when something happens, in the forms of {@link AnswerFormat} and in those that
 * published models fall into by themselves (spec section 6). Takes any text and never fails: what cannot be read is an
 * outcome.
 */
public final class AnswerParser {

    private static final Comparator<Moment> BY_START = Comparator.<Moment>comparingDouble(
                    moment -> moment.span().start())
            .thenComparingDouble(moment -> moment.span().end());

    private AnswerParser() {}

    /**
     * Reads an answer.
     *
     * <p>Spans are cut at the clip's end. A span that begins beyond it, ends before it begins, or names a time that is
     * none, is left out; when that leaves nothing of what was said, the answer is unreadable.
     *
     * @param question what was asked; its own words, repeated in the answer, are not taken for times
     * @param clipSeconds the clip's length
     * @param probability that anything occurs, as in {@link Answer}
     * @param text the generated text
     */
    public static Answer read(Question question, double clipSeconds, double probability, String text) {
        Optional<List<Moment>> moments = JsonEvents.read(text)
                .or(() -> SpokenSpans.read(withoutQuery(question, text)))
                .flatMap(mentions -> moments(question, clipSeconds, mentions));
        return new Answer(question, moments.orElse(List.of()), probability, text, moments.isPresent());
    }

    private static String withoutQuery(Question question, String text) {
        return question.text().isEmpty() ? text : text.replace(question.text(), "");
    }

    private static Optional<List<Moment>> moments(Question question, double clipSeconds, List<Mention> mentions) {
        List<Moment> moments = new ArrayList<>();
        for (Mention mention : mentions) {
            if (mention.start() <= mention.end() && mention.start() <= clipSeconds) {
                ClipSpan span = new ClipSpan(mention.start(), Math.min(mention.end(), clipSeconds));
                moments.add(new Moment(span, description(question, mention)));
            }
        }
        moments.sort(BY_START);
        return moments.isEmpty() && !mentions.isEmpty() ? Optional.empty() : Optional.of(moments);
    }

    private static String description(Question question, Mention mention) {
        return switch (question.kind()) {
            case DESCRIBE, ASK -> mention.description();
            case GROUND, LOCATE, COOKBOOK, CHARADES, TIMELENS -> question.text();
        };
    }
}
