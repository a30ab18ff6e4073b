// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.source;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;

/** Records what the enumerator says; background calls wait until they are told to run. */
final class FakeEnumeratorContext implements SplitEnumeratorContext<VideoSplit> {

    final Map<Integer, ReaderInfo> readers = new HashMap<>();
    final List<String> said = new ArrayList<>();
    private final Queue<Runnable> background = new ArrayDeque<>();
    private final int parallelism;

    FakeEnumeratorContext(int parallelism) {
        this.parallelism = parallelism;
    }

    void register(int subtask) {
        readers.put(subtask, new ReaderInfo(subtask, "here"));
    }

    /** @return whether there was a call to run */
    boolean runBackground() {
        Runnable call = background.poll();
        if (call != null) {
            call.run();
        }
        return call != null;
    }

    @Override
    public SplitEnumeratorMetricGroup metricGroup() {
        throw new UnsupportedOperationException("no metrics here");
    }

    @Override
    public void sendEventToSourceReader(int subtask, SourceEvent event) {
        throw new UnsupportedOperationException("no events are sent");
    }

    @Override
    public int currentParallelism() {
        return parallelism;
    }

    @Override
    public Map<Integer, ReaderInfo> registeredReaders() {
        return readers;
    }

    @Override
    public void assignSplits(SplitsAssignment<VideoSplit> assignment) {
        assignment
                .assignment()
                .forEach((subtask, splits) -> splits.forEach(split -> said.add(subtask + " reads " + split.splitId())));
    }

    @Override
    public void signalNoMoreSplits(int subtask) {
        said.add(subtask + " is done");
    }

    @Override
    public <T> void callAsync(Callable<T> call, BiConsumer<T, Throwable> handler) {
        background.add(() -> {
            T result = null;
            Throwable failure = null;
            try {
                result = call.call();
            } catch (Exception e) {
                failure = e;
            }
            handler.accept(result, failure);
        });
    }

    @Override
    public <T> void callAsync(
            Callable<T> call, BiConsumer<T, Throwable> handler, long initialDelayMillis, long periodMillis) {
        throw new UnsupportedOperationException("nothing is called again and again");
    }

    @Override
    public void runInCoordinatorThread(Runnable runnable) {
        runnable.run();
    }
}
