// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.source;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.jspecify.annotations.Nullable;

/**
 * Looks at one video after the other in the background, cuts each into splits, and gives a split to each reader that asks.
 * A reader that asks while videos are still looked at waits.
 */
final class VideoEnumerator implements SplitEnumerator<VideoSplit, VideoEnumeratorState> {

    private final SplitEnumeratorContext<VideoSplit> context;
    private final SplitPlanner planner;
    private final SplitTracker tracker;
    private final Set<Integer> asking = new LinkedHashSet<>();

    VideoEnumerator(SplitEnumeratorContext<VideoSplit> context, SplitPlanner planner, VideoEnumeratorState state) {
        this.context = context;
        this.planner = planner;
        this.tracker = new SplitTracker(state);
    }

    @Override
    public void start() {
        planNext();
    }

    @Override
    public void handleSplitRequest(int subtask, @Nullable String host) {
        asking.add(subtask);
        serve();
    }

    @Override
    public void addSplitsBack(List<VideoSplit> splits, int subtask) {
        asking.remove(subtask);
        tracker.putBack(splits);
        serve();
    }

    @Override
    public void addReader(int subtask) {
        // readers ask by themselves
    }

    @Override
    public VideoEnumeratorState snapshotState(long checkpointId) {
        return tracker.state();
    }

    @Override
    public void close() throws IOException {
        // nothing is held
    }

    private void planNext() {
        VideoRequest request = tracker.nextUnplanned();
        if (request != null) {
            int slots = context.currentParallelism();
            context.callAsync(() -> planner.plan(request, slots), (splits, error) -> planned(request, splits, error));
        }
    }

    private void planned(VideoRequest request, @Nullable List<VideoSplit> splits, @Nullable Throwable error) {
        if (splits == null) {
            throw new IllegalStateException(request.uri() + " could not be planned", error);
        }
        tracker.planned(splits);
        serve();
        planNext();
    }

    private void serve() {
        for (Iterator<Integer> each = asking.iterator(); each.hasNext(); ) {
            int subtask = each.next();
            if (!context.registeredReaders().containsKey(subtask)) {
                each.remove();
                continue;
            }
            VideoSplit split = tracker.assign();
            if (split != null) {
                context.assignSplit(split, subtask);
            } else if (tracker.isExhausted()) {
                context.signalNoMoreSplits(subtask);
            } else {
                return;
            }
            each.remove();
        }
    }
}
