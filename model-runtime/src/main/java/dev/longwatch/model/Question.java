// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model;

/**
 * What is asked about a clip.
 *
 * @param kind what form the answer has
 * @param text the query in plain words for {@link Kind#GROUND}; empty for {@link Kind#DESCRIBE}
 */
public record Question(Kind kind, String text) {

    /** The two official prompts of Qwen2.5-VL (spec section 6). */
    public enum Kind {
        /** When does the described content occur? At most a few moments, or none. */
        GROUND,
        /** What happens when? A list of described moments. */
        DESCRIBE
    }

    public Question {
        if (kind == Kind.GROUND && text.isBlank()) {
            throw new IllegalArgumentException("a grounding question needs words, found none");
        }
    }

    public static Question ground(String query) {
        return new Question(Kind.GROUND, query.strip());
    }

    public static Question describe() {
        return new Question(Kind.DESCRIBE, "");
    }
}
