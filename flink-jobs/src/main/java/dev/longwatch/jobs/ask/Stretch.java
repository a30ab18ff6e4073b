// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.ask;

import dev.longwatch.jobs.clip.ClipGrid;
import java.util.ArrayList;
import java.util.List;

/**
 * Consecutive clips of one video that are looked at in one go.
 *
 * @param first on the video's grid
 * @param last on the video's grid
 */
record Stretch(String stream, String uri, long first, long last) {

    private static final ClipGrid GRID = ClipGrid.DEFAULT;

    /** What is looked at before and after a moment: what led to it, and a border that was drawn too close. */
    private static final long AROUND_MILLIS = 4_000;

    static Stretch around(AskConfig.Moment moment) {
        return new Stretch(
                moment.stream(),
                moment.uri(),
                GRID.firstOf(Math.max(0, moment.startMillis() - AROUND_MILLIS)),
                GRID.lastOf(moment.endMillis() + AROUND_MILLIS));
    }

    static Stretch of(AskConfig.Part part) {
        return new Stretch(
                part.stream(), part.uri(), GRID.firstOf(part.fromMillis()), GRID.lastOf(part.toMillis() - 1));
    }

    long startMillis() {
        return GRID.startMillis(first);
    }

    long endMillis() {
        return GRID.endMillis(last);
    }

    long clips() {
        return last - first + 1;
    }

    private boolean meets(Stretch other) {
        return stream.equals(other.stream)
                && uri.equals(other.uri)
                && first <= other.last + 1
                && other.first <= last + 1;
    }

    private Stretch union(Stretch other) {
        return new Stretch(stream, uri, Math.min(first, other.first), Math.max(last, other.last));
    }

    /**
     * Joins those that meet and keeps the best as far as they go.
     *
     * @param ranked the best first
     * @param mostClips of all together
     * @return in the order of their best
     */
    static List<Stretch> joined(List<Stretch> ranked, int mostClips) {
        List<Stretch> joined = new ArrayList<>();
        for (Stretch next : ranked) {
            if (joined.stream().anyMatch(known -> known.holds(next))) {
                continue;
            }
            long left = mostClips - joined.stream().mapToLong(Stretch::clips).sum();
            if (left <= 0) {
                break;
            }
            add(next.atMost(left), joined);
        }
        return joined;
    }

    /** Puts a stretch where the first one stands that it meets; it may close the gap to more. */
    private static void add(Stretch added, List<Stretch> joined) {
        Stretch whole = added;
        int place = joined.size();
        for (int i = joined.size() - 1; i >= 0; i--) {
            if (joined.get(i).meets(whole)) {
                whole = whole.union(joined.remove(i));
                place = i;
            }
        }
        joined.add(Math.min(place, joined.size()), whole);
    }

    private boolean holds(Stretch other) {
        return meets(other) && first <= other.first && other.last <= last;
    }

    private Stretch atMost(long clips) {
        return new Stretch(stream, uri, first, Math.min(last, first + clips - 1));
    }
}
