// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.source;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which videos must still be looked at, and which splits nobody reads yet. Splits being read are their readers' state. */
final class SplitTracker {

    private final Deque<VideoRequest> unplanned;
    private final Deque<VideoSplit> waiting;

    SplitTracker(VideoEnumeratorState state) {
        unplanned = new ArrayDeque<>(state.unplanned());
        waiting = new ArrayDeque<>(state.waiting());
    }

    /** The video to look at now; it stays unplanned until {@link #planned}. Null when all were looked at. */
    @Nullable
    VideoRequest nextUnplanned() {
        return unplanned.peek();
    }

    /** The next unplanned video became these splits. */
    void planned(List<VideoSplit> splits) {
        unplanned.remove();
        waiting.addAll(splits);
    }

    /** The next split for a reader; null when there is none now. */
    @Nullable
    VideoSplit assign() {
        return waiting.poll();
    }

    /** Splits of a reader that failed go first, in the order they had. */
    void putBack(List<VideoSplit> splits) {

        for (int i = splits.size() - 1; i >= 0; i--) {
            waiting.addFirst(splits.get(i));
        }
    }

    /** Whether no split will ever follow unless one is put back. */
    boolean isExhausted() {
        return unplanned.isEmpty() && waiting.isEmpty();
    }

    VideoEnumeratorState state() {
        return new VideoEnumeratorState(List.copyOf(unplanned), List.copyOf(waiting));
    }
}
