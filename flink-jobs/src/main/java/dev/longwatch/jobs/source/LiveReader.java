// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.source;

import dev.longwatch.jobs.clip.VideoClip;
import dev.longwatch.jobs.follow.FollowingReader;
import dev.longwatch.jobs.follow.Inbox;
import org.apache.flink.api.connector.source.SourceReaderContext;

/** Watches the streams it is dealt, by turns, each until it is taken off the watchlist. */
@SuppressWarnings("try") // Flink declares that closing a reader may throw anything
final class LiveReader extends FollowingReader<VideoClip, VideoClip, LiveSplit, LiveSplitState> {

    LiveReader(SourceReaderContext context, Inbox inbox, LiveWatching watching) {
        this(context, inbox, watching, new ReadingMetrics(context.metricGroup()));
    }

    private LiveReader(SourceReaderContext context, Inbox inbox, LiveWatching watching, ReadingMetrics metrics) {
        super(
                inbox,
                () -> new ClipSplitReader<>(split -> new LiveStream(split, watching, inbox, metrics), split -> true),
                (clip, output, state) -> {
                    output.collect(clip);
                    state.handedOn(clip);
                },
                VideoReader.oneClipAhead(context),
                context);
    }

    @Override
    protected LiveSplitState initializedState(LiveSplit split) {
        return new LiveSplitState(split);
    }

    @Override
    protected LiveSplit toSplitType(String splitId, LiveSplitState state) {
        return state.split();
    }
}
