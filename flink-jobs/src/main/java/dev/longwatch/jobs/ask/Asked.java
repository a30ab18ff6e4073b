// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.ask;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A question whose answer follows from when something is seen.
 *
 * @param form what is to be known about it
 * @param condition what is to be seen, as a rule would say it
 * @param order how it lies to {@code other}; null when it does not matter
 * @param other what else is to be seen; null when nothing is
 */
record Asked(Form form, String condition, @Nullable Order order, @Nullable String other) {

    /** What is to be known. */
    enum Form {
        /** When is it seen? */
        WHEN,
        /** Is it seen at all? */
        WHETHER,
        /** How many times is it seen? */
        HOW_OFTEN,
        /** How long is it seen? */
        HOW_LONG,
        /** When is it seen first? */
        FIRST,
        /** When is it seen last? */
        LAST,
        /** On which streams is it seen? */
        WHERE
    }

    /** How one thing lies to another. */
    enum Order {
        /** It ends no later than the other begins for the first time. */
        BEFORE,
        /** It begins no earlier than the other ends for the first time. */
        AFTER
    }

    Asked {
        if ((order == null) != (other == null)) {
            throw new IllegalArgumentException("before and after need something else, found " + order + " " + other);
        }
    }

    /** Everything that must be known before it can be answered. */
    List<String> conditions() {
        return Stream.of(condition, other)
                .filter(each -> each != null)
                .distinct()
                .toList();
    }
}
