// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model;

/**
 * What is asked about a clip.
 *
 * @param kind how it is put and what form the answer has
 * @param text the query in plain words; empty for {@link Kind#DESCRIBE}
 */
public record Question(Kind kind, String text) {

    /**
     * The first two are what Longwatch asks of every clip: official prompts of Qwen2.5-VL (spec section 6), answered within a
     * grammar. {@link #ASK} is a person's question, answered freely, and so is {@link #LOCATE}. The others are the prompts of published evaluations, word
     * for word, answered freely: they take for granted that the content occurs, and say nothing about how likely that is.
     */
    public enum Kind {
        /** When does the described content occur? One moment, or none. */
        GROUND,
        /** What happens when? A list of described moments. */
        DESCRIBE,
        /** Anything else a person wants to know, from what the clip shows. */
        ASK,
        /** Where in the picture is what the text tells of? Boxes, of the clip's one picture. */
        LOCATE,
        /** The temporal grounding prompt of the Qwen2.5-VL cookbook. */
        COOKBOOK,
        /** The prompt by which lmms-eval measures Charades-STA. */
        CHARADES,
        /** The prompt of TimeLens-Bench. */
        TIMELENS;

        /** Whether the model answers in its own words, so that its answer tells no probability. */
        public boolean free() {
            return this != GROUND && this != DESCRIBE;
        }
    }

    public Question {
        if (kind != Kind.DESCRIBE && text.isBlank()) {
            throw new IllegalArgumentException("a question needs words, found none");
        }
    }

    public static Question ground(String query) {
        return new Question(Kind.GROUND, query.strip());
    }

    /** A person's own question. */
    public static Question ask(String question) {
        return new Question(Kind.ASK, question.strip());
    }

    /** Of a clip of one picture. */
    public static Question locate(String text) {
        return new Question(Kind.LOCATE, text.strip());
    }

    public static Question describe() {
        return new Question(Kind.DESCRIBE, "");
    }
}
