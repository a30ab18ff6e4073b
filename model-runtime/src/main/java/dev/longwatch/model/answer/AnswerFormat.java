// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.answer;

import dev.longwatch.model.Question;
import dev.longwatch.model.generate.CaptionGrammar;
import dev.longwatch.model.generate.Fork;
import dev.longwatch.model.generate.FreeText;
import dev.longwatch.model.generate.Grammar;
import dev.longwatch.model.generate.GroundingGrammar;
import org.jspecify.annotations.Nullable;

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
    },
    /** Any words, after {@link #FREE_QUESTION}. */
    WORDS(256, null) {
        @Override
        public String prompt(Question question) {
            return FREE_QUESTION.replace(QUERY, question.text());
        }
    },
    /** A list of boxes, after {@link #OUTLINE}. */
    BOXES(256, null) {
        @Override
        public String prompt(Question question) {
            return OUTLINE.replace(QUERY, question.text());
        }
    },
    /** Any words, after {@link #OFFICIAL_GROUNDING} as it was published. */
    COOKBOOK(50, null) {
        @Override
        public String prompt(Question question) {
            return OFFICIAL_GROUNDING.replace(QUERY, question.text());
        }
    },
    /** Any words, after {@link #CHARADES_STA}. */
    CHARADES(50, null) {
        @Override
        public String prompt(Question question) {
            return CHARADES_STA.replace(QUERY, withoutStop(question.text()));
        }
    },
    /** Any words, after {@link #TIMELENS_BENCH}. */
    TIMELENS(50, null) {
        @Override
        public String prompt(Question question) {
            return TIMELENS_BENCH.replace(QUERY, withoutStop(question.text()));
        }
    };

    /** Stands for the query in {@link #OFFICIAL_GROUNDING}. */
    static final String QUERY = "{query}";

    /** Ours. Brackets part the seconds an answer rests on from other numbers in it. */
    static final String FREE_QUESTION =
            "Answer this question from what the video shows and nothing else: {query}\nAnswer in one or two sentences. After"
                    + " each statement name the seconds of the video it rests on in square brackets, such as [3.5 s] or"
                    + " [3.5 - 7.0 s]. If the video does not show the answer, say only: I do not know.";

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

    /** The cookbook's way to ask for boxes (spec section 6), of what a sentence tells of and not of things by name. */
    static final String OUTLINE =
            "Outline the position of everything that '{query}' tells of and output all the coordinates in JSON format.";

    /** lmms-eval's prompt for Charades-STA, word for word, "seonds" included (spec section 6). */
    static final String CHARADES_STA =
            "Please find the visual event described by a sentence in the video, determining its starting and ending"
                    + " times. The format should be: 'The event happens in the start time - end time'. For example, The"
                    + " event 'person turn a light on' happens in the 24.3 - 30.4 seonds. Now I will give you the textual"
                    + " sentence: {query}. Please return its start time and end time.";

    /** The prompt of TimeLens-Bench, word for word (spec section 6). */
    static final String TIMELENS_BENCH =
            "Please find the visual event described by the sentence '{query}', determining its starting and ending"
                    + " times. The format should be: 'The event happens in <start time> - <end time> seconds'.";

    private final int tokenLimit;
    private final @Nullable Fork fork;

    AnswerFormat(int tokenLimit, @Nullable Fork fork) {
        this.tokenLimit = tokenLimit;
        this.fork = fork;
    }

    /** The format of the answer to this kind of question. */
    public static AnswerFormat of(Question.Kind kind) {
        return switch (kind) {
            case GROUND -> GROUNDING;
            case DESCRIBE -> CAPTIONS;
            case ASK -> WORDS;
            case LOCATE -> BOXES;
            case COOKBOOK -> COOKBOOK;
            case CHARADES -> CHARADES;
            case TIMELENS -> TIMELENS;
        };
    }

    /** The text that follows the video in the prompt. */
    public abstract String prompt(Question question);

    /** The texts that answer the question about a clip of this length; any, where no form is wanted. */
    public Grammar grammar(double clipSeconds) {
        return new FreeText();
    }

    /** Tokens after which an answer is cut off; a cut list keeps its whole events. Published prompts have lmms-eval's 50. */
    public int tokenLimit() {
        return tokenLimit;
    }

    /** Where answers that tell of something part from the one that tells of nothing; null for free text. */
    public @Nullable Fork fork() {
        return fork;
    }

    /** Both prompts bring a stop or quotation marks of their own, and annotated sentences often end with one too. */
    private static String withoutStop(String sentence) {
        return sentence.replaceFirst("\\s*\\.+\\s*$", "");
    }
}
