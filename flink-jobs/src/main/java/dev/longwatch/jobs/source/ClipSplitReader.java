// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.source;

import dev.longwatch.jobs.clip.VideoClip;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import org.apache.flink.connector.base.source.reader.RecordsBySplits;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;
import org.jspecify.annotations.Nullable;

/**
 * Makes clips on the fetch thread, one for each fetch: of files one after the other, of recordings, which may never end, of
 * all by turns. All native memory belongs to this thread: it opens, reads and closes.
 */
final class ClipSplitReader implements SplitReader<VideoClip, VideoSplit> {

    /** Pictures of one recording that are read before the others have their turn. */
    private static final int TURN = 64;

    /** How often recordings that did not grow are asked again. */
    private static final long PAUSE_MILLIS = 100;

    private final Watching watching;
    private final Queue<VideoSplit> files = new ArrayDeque<>();
    private final Deque<ClipPass> recordings = new ArrayDeque<>();
    private final Object waking = new Object();
    private @Nullable ClipPass file;
    private volatile boolean wokenUp;

    ClipSplitReader(Watching watching) {
        this.watching = watching;
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
            VideoSplit split = files.poll();
            if (split == null) {
                return false;
            }
            if (split.isDone()) {
                fetched.addFinishedSplit(split.splitId());
                return true;
            }
            file = SplitPass.over(split, watching);
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
            fetched.add(pass.split(), clip);
        }
        if (pass.isDone()) {
            fetched.addFinishedSplit(pass.split().splitId());
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
    public void handleSplitsChanges(SplitsChange<VideoSplit> change) {
        if (!(change instanceof SplitsAddition)) {
            throw new UnsupportedOperationException(
                    "splits are only added, found " + change.getClass().getSimpleName());
        }
        for (VideoSplit split : change.splits()) {
            if (split.isRecording() && !split.isDone()) {
                recordings.add(RecordingPass.over(split, watching));
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
