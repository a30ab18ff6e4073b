// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

/**
 * How well a wording fits a question.
 *
 * @param why it does
 * @param closeness of the two sentences as a whole and of their words one by one, together from -1 to 2
 */
record Fit(Why why, double closeness) {

    /** Sentences less alike than this are not looked at when words are looked at as well. */
    static final double FLOOR = 0.35;

    /** The same where sentences are all there is. */
    private static final double FLOOR_ALONE = 0.45;

    // measured on labelled questions, see docs/decisions/0013-wordings-are-searched-not-events.md
    private static final double CLOSE = 1.1;
    private static final double SURE = 0.6;
    private static final double HALF = 0.5;

    /** Whether it is an answer at all: nothing is better than noise. */
    boolean isAnswer(SearchRequest.Method method) {
        return switch (method) {
            case WORDS -> why.coverage() >= HALF;
            case MEANING -> why.likeness() >= FLOOR_ALONE;
            case BOTH -> isWholly() || (closeness >= CLOSE && (why.coverage() >= HALF || why.likeness() >= SURE));
        };
    }

    /** Every word of the question is there. */
    private boolean isWholly() {
        return !why.words().isEmpty() && why.alike().isEmpty() && why.missing().isEmpty();
    }
}
