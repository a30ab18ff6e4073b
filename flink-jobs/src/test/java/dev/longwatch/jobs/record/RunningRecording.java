// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A recording on a thread, and all that it told. */
final class RunningRecording implements AutoCloseable, RecordingListener {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final List<IndexEntry> entries = new CopyOnWriteArrayList<>();
    final List<IndexPosition> ends = new CopyOnWriteArrayList<>();
    final List<StreamState> states = new CopyOnWriteArrayList<>();
    private final Recording recording;
    private final Thread thread;
    final long startMillis = System.currentTimeMillis();

    RunningRecording(String stream, String url, RecordOptions options) {
        this(stream, url, options, null);
    }

    RunningRecording(String stream, String url, RecordOptions options, @Nullable IndexPosition known) {
        recording = new Recording(new StreamRequest(stream, url), options, this, known, new SteadyClock());
        thread = new Thread(recording, "recording " + stream);
        thread.start();
    }

    /** Short segments, so that tests need not wait. */
    static RecordOptions options(Path folder) {
        return RecordOptions.in(folder.toString()).withSegment(Duration.ofSeconds(1));
    }

    @Override
    public void state(StreamState state) {
        states.add(state);
    }

    @Override
    public void entry(IndexEntry entry, IndexPosition end) {
        entries.add(entry);
        ends.add(end);
    }

    List<Segment> segments() {
        return entries.stream()
                .filter(Segment.class::isInstance)
                .map(Segment.class::cast)
                .toList();
    }

    List<Gap> gaps() {
        return entries.stream()
                .filter(Gap.class::isInstance)
                .map(Gap.class::cast)
                .toList();
    }

    List<Condition> conditions() {
        return states.stream().map(StreamState::condition).toList();
    }

    void awaitSegments(int count) {
        await().atMost(PATIENCE).until(() -> segments().size() >= count);
    }

    void awaitCondition(Condition condition) {
        await().atMost(PATIENCE).until(() -> !states.isEmpty() && last() == condition);
    }

    Condition last() {
        return states.get(states.size() - 1).condition();
    }

    void awaitEnd() throws InterruptedException {
        thread.join(PATIENCE.toMillis());
    }

    boolean isEnded() {
        return !thread.isAlive();
    }

    @Override
    public void close() throws InterruptedException {
        recording.stop();
        awaitEnd();
        if (thread.isAlive()) {
            throw new IllegalStateException("the recording does not stop");
        }
    }
}
