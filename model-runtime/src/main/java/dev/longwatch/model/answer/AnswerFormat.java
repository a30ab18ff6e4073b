// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.answer;

import dev.longwatch.model.Question;
import dev.longwatch.model.generate.CaptionGrammar;
import dev.longwatch.model.generate.Fork;
import dev.longwatch.model.generate.Grammar;
import dev.longwatch.model.generate.GroundingGrammar;

/** How a kind of question is put to the model, and what form the answer must have. */
public enum AnswerFormat {
    /** One moment, or none. */
    GROUNDING(96, Fork.GROUNDING) {
        @Override
        public String prompt(Question question) {
            return OFFICIAL_GROUNDING.replace(QUERY, question.text()) + OR_NONE;
        }

        @Override
        public Grammar grammar(double clipSeconds) {
            return new GroundingGrammar(clipSeconds);
        }
    },
    /** A list of described moments. */
    CAPTIONS(2048, Fork.CAPTIONS) {
        @Override
        public String prompt(Question question) {
            return OFFICIAL_CAPTIONS;
        }

        @Override
        public Grammar grammar(double clipSeconds) {
            return new CaptionGrammar(clipSeconds);
        }
    };

    /** Stands for the query in {@link #OFFICIAL_GROUNDING}. */
    static final String QUERY = "{query}";

    /** The published temporal grounding prompt, word for word (spec section 6). */
    static final String OFFICIAL_GROUNDING =
            "Give the query: '{query}', when does the described content occur in the video?";

    /** Ours: the published prompt takes for granted that the content occurs. */
    static final String OR_NONE = " If it does not occur, answer None.";

    /** The published dense caption prompt, word for word (spec section 6). */
    static final String OFFICIAL_CAPTIONS =
            "Localize a series of activity events in the video, output the start and end timestamp for each event, and"
                    + " describe each event with sentences. Provide the result in json format with 'mm:ss.ff' format for"
                    + " time depiction.";

    private final int tokenLimit;
    private final Fork fork;

    AnswerFormat(int tokenLimit, Fork fork) {
        this.tokenLimit = tokenLimit;
        this.fork = fork;
    }

    /** The format of the answer to this kind of question. */
    public static AnswerFormat of(Question.Kind kind) {
        return switch (kind) {
            case GROUND -> GROUNDING;
            case DESCRIBE -> CAPTIONS;
        };
    }

    /** The text that follows the video in the prompt. */
    public abstract String prompt(Question question);

    /** The texts that answer the question about a clip of this length. */
    public abstract Grammar grammar(double clipSeconds);

    /** Tokens after which an answer is cut off; a cut list keeps its whole events. */
    public int tokenLimit() {
        return tokenLimit;
    }

    /** Where answers that tell of something part from the one that tells of nothing. */
    public Fork fork() {
        return fork;
    }
}
