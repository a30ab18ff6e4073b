// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.indexer.client.IndexException.Reason;
import java.time.ZonedDateTime;

/**
 * What somebody looks for.
 *
 * @param text in their own words, up to {@value #LONGEST_TEXT} characters
 * @param filter where to look
 * @param limit how many moments at most, from 1 to {@value #HIGHEST_LIMIT}
 * @param offset how many of the best to leave out, for the pages after the first; offset and limit together up to
 *     {@value #LAST}
 * @param method how to look
 * @param grouping what counts as one
 * @param literally whether times, orders and negations in the text are words like all others
 * @param asked when and where: what "yesterday" means, and 2 pm
 */
public record SearchRequest(
        String text,
        EventFilter filter,
        int limit,
        int offset,
        Method method,
        Grouping grouping,
        boolean literally,
        ZonedDateTime asked) {

    public static final int LONGEST_TEXT = 1_000;
    public static final int HIGHEST_LIMIT = 1_000;
    public static final int LAST = 10_000;
    public static final int LIMIT = 20;

    /** How to look. */
    public enum Method {
        /** By the words and by what they mean. */
        BOTH,
        WORDS,
        MEANING
    }

    /** What counts as one. */
    public enum Grouping {
        /** Every event for itself. */
        NONE,
        /** Events of a stream that overlap in time, and so look at the same thing. */
        MOMENT,
        /** All events of a video or stream. */
        VIDEO
    }

    public SearchRequest {
        if (text.isBlank()) {
            throw refused("expected some words to search for, found none");
        }
        if (text.length() > LONGEST_TEXT) {
            throw refused("expected at most " + LONGEST_TEXT + " characters to search for, found " + text.length());
        }
        if (limit < 1 || limit > HIGHEST_LIMIT) {
            throw refused("expected a limit from 1 to " + HIGHEST_LIMIT + ", found " + limit);
        }
        if (offset < 0 || offset > LAST - limit) {
            throw refused("expected an offset from 0 to " + (LAST - limit) + ", found " + offset);
        }
    }

    public SearchRequest(String text, EventFilter filter, int limit) {
        this(text, filter, limit, 0, Method.BOTH, Grouping.NONE, false, ZonedDateTime.now());
    }

    /** Everywhere, the best twenty. */
    public static SearchRequest of(String text) {
        return new SearchRequest(text, EventFilter.ALL, LIMIT);
    }

    public SearchRequest where(EventFilter narrower) {
        return new SearchRequest(text, narrower, limit, offset, method, grouping, literally, asked);
    }

    public SearchRequest withLimit(int most) {
        return new SearchRequest(text, filter, most, offset, method, grouping, literally, asked);
    }

    public SearchRequest from(int leftOut) {
        return new SearchRequest(text, filter, limit, leftOut, method, grouping, literally, asked);
    }

    public SearchRequest by(Method how) {
        return new SearchRequest(text, filter, limit, offset, how, grouping, literally, asked);
    }

    public SearchRequest grouped(Grouping what) {
        return new SearchRequest(text, filter, limit, offset, method, what, literally, asked);
    }

    /** Takes back whatever was understood of times, orders and negations. */
    public SearchRequest taken(boolean asWords) {
        return new SearchRequest(text, filter, limit, offset, method, grouping, asWords, asked);
    }

    public SearchRequest askedAt(ZonedDateTime time) {
        return new SearchRequest(text, filter, limit, offset, method, grouping, literally, time);
    }

    private static IndexException refused(String why) {
        return new IndexException(Reason.BAD_REQUEST, why);
    }
}
