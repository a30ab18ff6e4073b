// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.generate;

/**
 * Where the answer "nothing happened" parts from all others. The probability that something happened is read off there,
 * among the tokens that take one way or the other and that the grammar allows.
 *
 * @param stem with which every answer begins
 * @param something how those go on that tell of something
 * @param nothing how the other goes on
 */
public record Fork(String stem, String something, String nothing) {

    /** Of {@link GroundingGrammar}. */
    public static final Fork GROUNDING = new Fork("", "T", "N");

    /** Of {@link CaptionGrammar}. */
    public static final Fork CAPTIONS = new Fork("```json\n[", "\n", "]");

    /** Which way a text has taken. */
    enum Way {
        NONE_YET,
        SOMETHING,
        NOTHING
    }

    Way way(String text) {
        if (text.startsWith(stem + something)) {
            return Way.SOMETHING;
        }
        return text.startsWith(stem + nothing) ? Way.NOTHING : Way.NONE_YET;
    }
}
