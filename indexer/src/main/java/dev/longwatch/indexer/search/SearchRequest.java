// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.indexer.client.IndexException.Reason;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/**
 * What somebody looks for.
 *
 * @param text in their own words, up to {@value #LONGEST_TEXT} characters
 * @param filter where to look
 * @param limit how many moments at most, from 1 to {@value #HIGHEST_LIMIT}
 * @param offset how many of the best to leave out, for a page anywhere; offset and limit together up to {@value #LAST}
 * @param cursor of the page before, {@link SearchResult#next}; null for the first
 * @param method how to look
 * @param grouping what counts as one
 * @param perGroup how many events of a group at most, its best included, from 1 to {@value #HIGHEST_PER_GROUP}
 * @param literally whether times, orders and negations in the text are words like all others
 * @param asked when and where: what "yesterday" means, and 2 pm
 */
public record SearchRequest(
        String text,
        EventFilter filter,
        int limit,
        int offset,
        @Nullable String cursor,
        Method method,
        Grouping grouping,
        int perGroup,
        boolean literally,
        ZonedDateTime asked) {

    public static final int LONGEST_TEXT = 1_000;
    public static final int HIGHEST_LIMIT = 1_000;
    public static final int LAST = 10_000;

    /** Each video is asked for its events. */
    public static final int HIGHEST_VIDEOS = 100;

    public static final int HIGHEST_PER_GROUP = 100;
    public static final int PER_GROUP = 10;
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
        int highest = grouping == Grouping.VIDEO ? HIGHEST_VIDEOS : HIGHEST_LIMIT;
        if (limit < 1 || limit > highest) {
            throw refused("expected a limit from 1 to " + highest + (grouping == Grouping.VIDEO ? " of videos" : "")
                    + ", found " + limit);
        }
        if (offset < 0 || offset > LAST - limit) {
            throw refused("expected an offset from 0 to " + (LAST - limit) + ", found " + offset);
        }
        if (cursor != null && offset > 0) {
            throw refused("expected a cursor or an offset, found both");
        }
        if (perGroup < 1 || perGroup > HIGHEST_PER_GROUP) {
            throw refused("expected 1 to " + HIGHEST_PER_GROUP + " events of a group, found " + perGroup);
        }
    }

    public SearchRequest(String text, EventFilter filter, int limit) {
        this(text, filter, limit, 0, null, Method.BOTH, Grouping.NONE, PER_GROUP, false, ZonedDateTime.now());
    }

    /** Everywhere, the best twenty. */
    public static SearchRequest of(String text) {
        return new SearchRequest(text, EventFilter.ALL, LIMIT);
    }

    public SearchRequest where(EventFilter narrower) {
        return new SearchRequest(text, narrower, limit, offset, cursor, method, grouping, perGroup, literally, asked);
    }

    public SearchRequest withLimit(int most) {
        return new SearchRequest(text, filter, most, offset, cursor, method, grouping, perGroup, literally, asked);
    }

    public SearchRequest from(int leftOut) {
        return new SearchRequest(text, filter, limit, leftOut, cursor, method, grouping, perGroup, literally, asked);
    }

    /** Behind the page that has given it. */
    public SearchRequest after(@Nullable String next) {
        return new SearchRequest(text, filter, limit, offset, next, method, grouping, perGroup, literally, asked);
    }

    public SearchRequest by(Method how) {
        return new SearchRequest(text, filter, limit, offset, cursor, how, grouping, perGroup, literally, asked);
    }

    public SearchRequest grouped(Grouping what) {
        return new SearchRequest(text, filter, limit, offset, cursor, method, what, perGroup, literally, asked);
    }

    /** @param most see {@link #perGroup} */
    public SearchRequest withPerGroup(int most) {
        return new SearchRequest(text, filter, limit, offset, cursor, method, grouping, most, literally, asked);
    }

    /** Takes back whatever was understood of times, orders and negations. */
    public SearchRequest taken(boolean asWords) {
        return new SearchRequest(text, filter, limit, offset, cursor, method, grouping, perGroup, asWords, asked);
    }

    public SearchRequest askedAt(ZonedDateTime time) {
        return new SearchRequest(text, filter, limit, offset, cursor, method, grouping, perGroup, literally, time);
    }

    private static IndexException refused(String why) {
        return new IndexException(Reason.BAD_REQUEST, why);
    }
}
