// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.source;

import dev.longwatch.jobs.clip.VideoClip;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.connector.base.source.reader.RecordsBySplits;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;
import org.jspecify.annotations.Nullable;

/**
 * Makes clips on the fetch thread, one for each fetch: of files one after the other, of recordings, which may never end, of
 * all by turns. All native memory belongs to this thread: it opens, reads and closes.
 *
 * @param <S> what is passed over
 */
final class ClipSplitReader<S extends SourceSplit> implements SplitReader<VideoClip, S> {

    /** Pictures of one recording that are read before the others have their turn. */
    private static final int TURN = 64;

    /** How often recordings that did not grow are asked again. */
    private static final long PAUSE_MILLIS = 100;

    private final Function<S, ClipPass> passes;
    private final Predicate<S> byTurns;
    private final Queue<S> files = new ArrayDeque<>();
    private final Deque<ClipPass> recordings = new ArrayDeque<>();
    private final Object waking = new Object();
    private @Nullable ClipPass file;
    private volatile boolean wokenUp;

    /**
     * @param passes begins a pass, on the fetch thread
     * @param byTurns whether a pass may have to wait for what it reads, so that others go on meanwhile
     */
    ClipSplitReader(Function<S, ClipPass> passes, Predicate<S> byTurns) {
        this.passes = passes;
        this.byTurns = byTurns;
    }

    /** Of videos as they are found. */
    static ClipSplitReader<VideoSplit> of(Watching watching, ReadingMetrics metrics) {
        return new ClipSplitReader<>(
                split -> pass(split, watching, metrics), split -> split.isRecording() && !split.isDone());
    }

    private static ClipPass pass(VideoSplit split, Watching watching, ReadingMetrics metrics) {
        if (split.isDone()) {
            return ClipPass.none(split.splitId());
        }
        return split.isRecording()
                ? RecordingPass.over(split, watching, metrics)
                : SplitPass.over(split, watching, metrics);
    }

    @Override
    public RecordsWithSplitIds<VideoClip> fetch() {
        RecordsBySplits.Builder<VideoClip> fetched = new RecordsBySplits.Builder<>();
        wokenUp = false;
        boolean idle = true;
        for (int turns = recordings.size(); turns > 0 && !wokenUp; turns--) {
            ClipPass pass = recordings.remove();
            boolean found = fetch(pass, TURN, fetched);
            if (!pass.isDone()) {
                recordings.add(pass);
            }
            if (found) {
                return fetched.build();
            }
            idle &= pass.isIdle();
        }
        if (fetchFromFile(fetched)) {
            return fetched.build();
        }
        if (idle && !recordings.isEmpty()) {
            pause();
        }
        return fetched.build();
    }

    /** Whether there is a file to read, and so something was done. */
    private boolean fetchFromFile(RecordsBySplits.Builder<VideoClip> fetched) {
        if (file == null) {
            S split = files.poll();
            if (split == null) {
                return false;
            }
            file = passes.apply(split);
        }
        fetch(file, recordings.isEmpty() ? Integer.MAX_VALUE : TURN, fetched);
        if (file.isDone()) {
            file = null;
        }
        return true;
    }

    /**
     * The next clip of a pass, and its end.
     *
     * @param most steps to take
     * @return whether there was either
     */
    private boolean fetch(ClipPass pass, int most, RecordsBySplits.Builder<VideoClip> fetched) {
        VideoClip clip = pass.poll();
        for (int steps = 0; clip == null && !pass.isDone() && !wokenUp && steps < most; steps++) {
            pass.step();
            clip = pass.poll();
            if (pass.isIdle()) {
                break;
            }
        }
        if (clip != null) {
            fetched.add(pass.splitId(), clip);
        }
        if (pass.isDone()) {
            fetched.addFinishedSplit(pass.splitId());
            pass.close();
        }
        return clip != null || pass.isDone();
    }

    private void pause() {
        synchronized (waking) {
            if (!wokenUp) {
                try {
                    waking.wait(PAUSE_MILLIS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    @Override
    public void handleSplitsChanges(SplitsChange<S> change) {
        if (!(change instanceof SplitsAddition)) {
            throw new UnsupportedOperationException(
                    "splits are only added, found " + change.getClass().getSimpleName());
        }
        for (S split : change.splits()) {
            if (byTurns.test(split)) {
                recordings.add(passes.apply(split));
            } else {
                files.add(split);
            }
        }
    }

    @Override
    public void wakeUp() {
        synchronized (waking) {
            wokenUp = true;
            waking.notifyAll();
        }
    }

    @Override
    public void close() {
        recordings.forEach(ClipPass::close);
        recordings.clear();
        if (file != null) {
            file.close();
            file = null;
        }
    }
}
