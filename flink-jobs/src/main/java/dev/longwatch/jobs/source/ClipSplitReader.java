// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.source;

import dev.longwatch.jobs.clip.VideoClip;
import java.util.ArrayDeque;
import java.util.Queue;
import org.apache.flink.connector.base.source.reader.RecordsBySplits;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;
import org.jspecify.annotations.Nullable;

/**
 * Makes clips on the fetch thread, one for each fetch, one split after the other. All native memory belongs to this thread:
 * it opens, reads and closes.
 */
final class ClipSplitReader implements SplitReader<VideoClip, VideoSplit> {

    private final Watching watching;
    private final Queue<VideoSplit> splits = new ArrayDeque<>();
    private @Nullable SplitPass pass;
    private volatile boolean wokenUp;

    ClipSplitReader(Watching watching) {
        this.watching = watching;
    }

    @Override
    public RecordsWithSplitIds<VideoClip> fetch() {
        RecordsBySplits.Builder<VideoClip> fetched = new RecordsBySplits.Builder<>();
        wokenUp = false;
        if (pass == null) {
            VideoSplit split = splits.poll();
            if (split == null) {
                return fetched.build();
            }
            if (split.isDone()) {
                fetched.addFinishedSplit(split.splitId());
                return fetched.build();
            }
            pass = SplitPass.over(split, watching);
        }
        VideoClip clip = nextClip(pass);
        if (clip != null) {
            fetched.add(pass.split(), clip);
        }
        if (pass.isDone()) {
            fetched.addFinishedSplit(pass.split().splitId());
            pass.close();
            pass = null;
        }
        return fetched.build();
    }

    /** Null when there is none, or when the thread is wanted for something else; what was read is kept. */
    private @Nullable VideoClip nextClip(SplitPass from) {
        VideoClip clip = from.poll();
        while (clip == null && !from.isDone() && !wokenUp) {
            from.step();
            clip = from.poll();
        }
        return clip;
    }

    @Override
    public void handleSplitsChanges(SplitsChange<VideoSplit> change) {
        if (!(change instanceof SplitsAddition)) {
            throw new UnsupportedOperationException(
                    "splits are only added, found " + change.getClass().getSimpleName());
        }
        splits.addAll(change.splits());
    }

    @Override
    public void wakeUp() {
        wokenUp = true;
    }

    @Override
    public void close() {
        if (pass != null) {
            pass.close();
            pass = null;
        }
    }
}
