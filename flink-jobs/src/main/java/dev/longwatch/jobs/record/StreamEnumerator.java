// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

import java.io.IOException;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.jspecify.annotations.Nullable;

/** Deals the streams out to the readers as those register, each stream to one. */
final class StreamEnumerator implements SplitEnumerator<StreamSplit, StreamEnumeratorState> {

    private final SplitEnumeratorContext<StreamSplit> context;
    private final List<String> streams;
    private final Set<String> assigned;
    private final Map<String, StreamSplit> waiting = new LinkedHashMap<>();

    /** @param streams names of all that are to be recorded; others that the state knows are forgotten */
    StreamEnumerator(SplitEnumeratorContext<StreamSplit> context, List<String> streams, StreamEnumeratorState state) {
        this.context = context;
        this.streams = streams;
        assigned = new HashSet<>(state.assigned());
        assigned.retainAll(streams);
        for (String stream : streams) {
            if (!assigned.contains(stream)) {
                waiting.put(stream, new StreamSplit(stream, null));
            }
        }
        for (StreamSplit split : state.waiting()) {
            waiting.computeIfPresent(split.stream(), (stream, unused) -> split);
        }
    }

    @Override
    public void start() {
        // readers register by themselves
    }

    @Override
    public void handleSplitRequest(int subtask, @Nullable String host) {
        // readers do not ask: they are given their streams when they register
    }

    @Override
    public void addSplitsBack(List<StreamSplit> splits, int subtask) {
        for (StreamSplit split : splits) {
            if (assigned.remove(split.stream())) {
                waiting.put(split.stream(), split);
            }
        }
        deal();
    }

    @Override
    public void addReader(int subtask) {
        deal();
    }

    @Override
    public StreamEnumeratorState snapshotState(long checkpointId) {
        return new StreamEnumeratorState(assigned, List.copyOf(waiting.values()));
    }

    @Override
    public void close() throws IOException {
        // nothing is held
    }

    private void deal() {
        for (Iterator<StreamSplit> each = waiting.values().iterator(); each.hasNext(); ) {
            StreamSplit split = each.next();
            int subtask = streams.indexOf(split.stream()) % context.currentParallelism();
            if (context.registeredReaders().containsKey(subtask)) {
                each.remove();
                assigned.add(split.stream());
                context.assignSplit(split, subtask);
            }
        }
    }
}
