// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

import org.jspecify.annotations.Nullable;

/** One thing that a recorder has to tell: exactly one component is not null. */
public record StreamUpdate(@Nullable Segment segment, @Nullable Gap gap, @Nullable StreamState state) {

    /** The segment or gap; null when it is a state. */
    public @Nullable IndexEntry entry() {
        return segment == null ? gap : segment;
    }

    static StreamUpdate of(IndexEntry entry) {
        return entry instanceof Segment segment
                ? new StreamUpdate(segment, null, null)
                : new StreamUpdate(null, (Gap) entry, null);
    }
}
