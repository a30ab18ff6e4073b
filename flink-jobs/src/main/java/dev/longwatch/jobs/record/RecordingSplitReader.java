// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.connector.base.source.reader.RecordsBySplits;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;
import org.jspecify.annotations.Nullable;

/**
 * Runs a thread for each stream and collects what they tell. A stream waits for no other, and none for those who read: what
 * they do not take in time stands in the index, and here it is small.
 */
final class RecordingSplitReader implements SplitReader<Told, StreamSplit> {

    /** Longer than a call into FFmpeg takes to notice that it is to end. */
    private static final long JOIN_MILLIS = 20_000;

    private static final Told NOTHING = new Told("", null, null);

    private final Map<String, StreamRequest> requests;
    private final RecordOptions options;
    private final WallClock wall = new SteadyClock();
    private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final List<Recording> recordings = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    /** @param requests by the stream's name */
    RecordingSplitReader(Map<String, StreamRequest> requests, RecordOptions options) {
        this.requests = requests;
        this.options = options;
    }

    @Override
    public RecordsWithSplitIds<Told> fetch() throws IOException {
        RecordsBySplits.Builder<Told> fetched = new RecordsBySplits.Builder<>();
        try {
            add(told.take(), fetched);
            for (Told next = told.poll(); next != null; next = told.poll()) {
                add(next, fetched);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Throwable problem = failure.get();
        if (problem != null) {
            throw new IOException("a recorder failed: " + problem.getMessage(), problem);
        }
        return fetched.build();
    }

    @Override
    public void handleSplitsChanges(SplitsChange<StreamSplit> change) {
        if (!(change instanceof SplitsAddition)) {
            throw new UnsupportedOperationException(
                    "splits are only added, found " + change.getClass().getSimpleName());
        }
        for (StreamSplit split : change.splits()) {
            StreamRequest request = requests.get(split.stream());
            // a restored job may not know a stream any more
            if (request != null) {
                start(request, split.known());
            }
        }
    }

    @Override
    public void wakeUp() {
        told.add(NOTHING);
    }

    @Override
    public void close() {
        recordings.forEach(Recording::stop);
        try {
            for (Thread thread : threads) {
                thread.join(JOIN_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void start(StreamRequest request, @Nullable IndexPosition known) {
        Recording recording = new Recording(request, options, new Teller(request.stream()), known, wall);
        Thread thread = new Thread(recording, "record " + request.stream());
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((unused, problem) -> {
            failure.compareAndSet(null, problem);
            told.add(NOTHING);
        });
        recordings.add(recording);
        threads.add(thread);
        thread.start();
    }

    private static void add(Told each, RecordsBySplits.Builder<Told> fetched) {
        if (!each.stream().isEmpty()) {
            fetched.add(each.stream(), each);
        }
    }

    private final class Teller implements RecordingListener {
        private final String stream;

        Teller(String stream) {
            this.stream = stream;
        }

        @Override
        public void opened(IndexPosition end) {
            told.add(new Told(stream, null, end));
        }

        @Override
        public void state(StreamState state) {
            told.add(new Told(stream, new StreamUpdate(null, null, state), null));
        }

        @Override
        public void entry(IndexEntry entry, IndexPosition end) {
            told.add(new Told(stream, StreamUpdate.of(entry), end));
        }
    }
}
