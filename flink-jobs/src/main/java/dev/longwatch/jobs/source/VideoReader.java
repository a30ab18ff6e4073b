// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.source;

import dev.longwatch.jobs.clip.VideoClip;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.source.reader.SingleThreadMultiplexSourceReaderBase;
import org.apache.flink.connector.base.source.reader.SourceReaderOptions;

/**
 * Reads one file at a time and asks for the next when it is done. At most three clips are held: one being handed on, one
 * waiting, one being made.
 */
@SuppressWarnings("try") // Flink declares that closing a reader may throw anything
final class VideoReader
        extends SingleThreadMultiplexSourceReaderBase<VideoClip, VideoClip, VideoSplit, VideoSplitState> {

    VideoReader(SourceReaderContext context, Watching watching) {
        this(context, watching, new ReadingMetrics(context.metricGroup()));
    }

    private VideoReader(SourceReaderContext context, Watching watching, ReadingMetrics metrics) {
        super(() -> ClipSplitReader.of(watching, metrics), new ClipEmitter(), oneClipAhead(context), context);
    }

    @Override
    public void start() {
        if (getNumberOfCurrentlyAssignedSplits() == 0) {
            context.sendSplitRequest();
        }
    }

    @Override
    protected void onSplitFinished(Map<String, VideoSplitState> finished) {
        if (getNumberOfCurrentlyAssignedSplits() == 0) {
            context.sendSplitRequest();
        }
    }

    /** A reader of recordings, which take no time to wait for, takes as many as there are, by turns with the other readers. */
    @Override
    public void addSplits(List<VideoSplit> splits) {
        super.addSplits(splits);
        if (!splits.isEmpty() && splits.stream().allMatch(VideoSplit::isRecording)) {
            context.sendSplitRequest();
        }
    }

    @Override
    protected VideoSplitState initializedState(VideoSplit split) {
        return new VideoSplitState(split);
    }

    @Override
    protected VideoSplit toSplitType(String splitId, VideoSplitState state) {
        return state.split();
    }

    static Configuration oneClipAhead(SourceReaderContext context) {
        Configuration configuration = new Configuration(context.getConfiguration());
        configuration.set(SourceReaderOptions.ELEMENT_QUEUE_CAPACITY, 1);
        return configuration;
    }
}
