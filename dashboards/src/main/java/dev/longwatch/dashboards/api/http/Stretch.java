// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.http;

import org.jspecify.annotations.Nullable;

/**
 * From when to when, as somebody has written it; both ends are written alike.
 *
 * @param from null for no beginning
 * @param to null for no end
 */
public record Stretch(@Nullable TimeInput from, @Nullable TimeInput to) {

    /** What {@code input} says as {@code from} and {@code to}; what makes no sense is refused there. */
    public static Stretch read(Input input) {
        TimeInput from = input.time("from");
        TimeInput to = input.time("to");
        if (from != null && to != null && from.dated() != to.dated()) {
            input.refuse("to", "expected a time like that of 'from': both dates, or both seconds of a video");
        } else if (from != null && to != null && to.millis() <= from.millis()) {
            input.refuse("to", "expected a time after 'from'");
        }
        return new Stretch(from, to);
    }

    /** Whether nothing was said. */
    public boolean isAll() {
        return from == null && to == null;
    }

    /** Whether it was said as dates. */
    public boolean dated() {
        return from != null ? from.dated() : to != null && to.dated();
    }
}
