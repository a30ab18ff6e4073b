// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import java.util.List;

/**
 * Why an event was found.
 *
 * @param words the words of the question that are in the event's text or in its rule's name, in some form
 * @param alike words of the question that mean much the same as a word of the event
 * @param missing words of the question that nothing in the event stands for
 * @param likeness how alike question and text are as a whole, from 0 to 1; 0 when the meaning was not looked at or too far
 *     off
 */
public record Why(List<String> words, List<Alike> alike, List<String> missing, double likeness) {

    /** Found because of the time alone. */
    static final Why TIME_ALONE = new Why(List.of(), List.of(), List.of(), 0);

    /**
     * Two words that mean much the same.
     *
     * @param asked the person's
     * @param found the event's
     */
    public record Alike(String asked, String found) {}

    public Why {
        words = List.copyOf(words);
        alike = List.copyOf(alike);
        missing = List.copyOf(missing);
    }

    /** The share of the question's words that the event has or has a like of, from 0 to 1. */
    public double coverage() {
        int all = words.size() + alike.size() + missing.size();
        return all == 0 ? 0 : (double) (words.size() + alike.size()) / all;
    }
}
