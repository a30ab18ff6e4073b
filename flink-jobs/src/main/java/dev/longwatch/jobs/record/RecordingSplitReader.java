// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

import dev.longwatch.indexer.watchlist.WatchedStream;
import dev.longwatch.jobs.follow.Inbox;
import dev.longwatch.jobs.follow.Orders;
import java.io.IOException;
import java.util.HashMap;
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

    private final Inbox inbox;
    private final RecordOptions options;
    private final WallClock wall = new SteadyClock();
    private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final Map<String, Recorder> recorders = new HashMap<>();
    private @Nullable Orders obeyed;

    /** A stream that this reader has, and the thread that records it if there is one. */
    private static final class Recorder {
        private @Nullable IndexPosition known;
        private @Nullable Recording recording;
        private @Nullable Thread thread;
        /** what it records or recorded by itself to the end; empty when it was told to end */
        private String url = "";

        private boolean toldStopped;
    }

    RecordingSplitReader(Inbox inbox, RecordOptions options) {
        this.inbox = inbox;
        this.options = options;
        inbox.listen(() -> told.add(NOTHING));
    }

    @Override
    public RecordsWithSplitIds<Told> fetch() throws IOException {
        RecordsBySplits.Builder<Told> fetched = new RecordsBySplits.Builder<>();
        obey(fetched);
        try {
            take(told.take(), fetched);
            for (Told next = told.poll(); next != null; next = told.poll()) {
                take(next, fetched);
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
            Recorder recorder = new Recorder();
            recorder.known = split.known();
            recorders.put(split.stream(), recorder);
        }
        // what is to become of them say the orders
        obeyed = null;
        told.add(NOTHING);
    }

    private void obey(RecordsBySplits.Builder<Told> fetched) {
        Orders orders = inbox.newest();
        if (orders == null || orders.equals(obeyed)) {
            return;
        }
        obeyed = orders;
        for (String stream : List.copyOf(recorders.keySet())) {
            obey(stream, fetched);
        }
    }

    /** Brings a stream to what the orders say of it, as far as that can be now: a recorder that is to end takes its time. */
    private void obey(String stream, RecordsBySplits.Builder<Told> fetched) {
        Recorder recorder = recorders.get(stream);
        Orders orders = obeyed;
        if (recorder == null || orders == null) {
            return;
        }
        WatchedStream wanted = wanted(stream, orders);
        if (recorder.thread != null && recorder.recording != null) {
            if (wanted == null || !wanted.url().equals(recorder.url)) {
                recorder.recording.stop();
                recorder.url = "";
            } else {
                recorder.recording.keepFor(wanted.retentionMillis());
            }
        } else if (wanted == null) {
            recorders.remove(stream);
            if (!recorder.toldStopped && !orders.elsewhere().contains(stream)) {
                StreamState stopped = new StreamState(stream, Condition.STOPPED, Recording.NOBODY, wall.millis());
                fetched.add(stream, new Told(stream, new StreamUpdate(null, null, stopped), null));
            }
            fetched.addFinishedSplit(stream);
            told.add(NOTHING);
        } else if (!wanted.url().equals(recorder.url)) {
            start(wanted, recorder);
        }
    }

    private static @Nullable WatchedStream wanted(String stream, Orders orders) {
        if (orders.elsewhere().contains(stream)) {
            return null;
        }
        return orders.watchlist().streams().stream()
                .filter(each -> each.name().equals(stream))
                .findFirst()
                .orElse(null);
    }

    @Override
    public void wakeUp() {
        told.add(NOTHING);
    }

    @Override
    public void close() {
        for (Recorder recorder : recorders.values()) {
            if (recorder.recording != null) {
                recorder.recording.stop();
            }
        }
        try {
            for (Recorder recorder : recorders.values()) {
                if (recorder.thread != null) {
                    recorder.thread.join(JOIN_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void start(WatchedStream wanted, Recorder recorder) {
        String stream = wanted.name();
        StreamRequest request = new StreamRequest(stream, wanted.url());
        Recording recording = new Recording(request, options, new Teller(stream), recorder.known, wall);
        recording.keepFor(wanted.retentionMillis());
        Thread thread = new Thread(
                () -> {
                    recording.run();
                    told.add(Told.last(stream));
                },
                "record " + stream);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((unused, problem) -> {
            failure.compareAndSet(null, problem);
            told.add(NOTHING);
        });
        recorder.url = wanted.url();
        recorder.recording = recording;
        recorder.thread = thread;
        thread.start();
    }

    private void take(Told each, RecordsBySplits.Builder<Told> fetched) {
        if (each.stream().isEmpty()) {
            return;
        }
        Recorder recorder = recorders.get(each.stream());
        if (!each.last()) {
            fetched.add(each.stream(), each);
            if (recorder != null && each.update() != null && each.update().state() != null) {
                recorder.toldStopped = each.update().state().condition() == Condition.STOPPED;
            }
        } else if (recorder != null) {
            // whoever follows it begins where it ended
            recorder.known = null;
            recorder.recording = null;
            recorder.thread = null;
            obey(each.stream(), fetched);
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
