// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.indexer.client.IndexException.Reason;

/**
 * What somebody looks for.
 *
 * @param text in their own words, up to {@value #LONGEST_TEXT} characters
 * @param filter where to look
 * @param limit how many moments at most, from 1 to {@value #HIGHEST_LIMIT}
 */
public record SearchRequest(String text, EventFilter filter, int limit) {

    public static final int LONGEST_TEXT = 1_000;
    public static final int HIGHEST_LIMIT = 1_000;
    public static final int LIMIT = 20;

    public SearchRequest {
        if (text.isBlank()) {
            throw new IndexException(Reason.BAD_REQUEST, "expected some words to search for, found none");
        }
        if (text.length() > LONGEST_TEXT) {
            throw new IndexException(
                    Reason.BAD_REQUEST,
                    "expected at most " + LONGEST_TEXT + " characters to search for, found " + text.length());
        }
        if (limit < 1 || limit > HIGHEST_LIMIT) {
            throw new IndexException(
                    Reason.BAD_REQUEST, "expected a limit from 1 to " + HIGHEST_LIMIT + ", found " + limit);
        }
    }

    /** Everywhere, the best twenty. */
    public static SearchRequest of(String text) {
        return new SearchRequest(text, EventFilter.ALL, LIMIT);
    }

    public SearchRequest where(EventFilter narrower) {
        return new SearchRequest(text, narrower, limit);
    }

    public SearchRequest withLimit(int most) {
        return new SearchRequest(text, filter, most);
    }
}
