// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.source;

import dev.longwatch.jobs.clip.VideoClip;
import dev.longwatch.jobs.follow.FollowingEnumerator;
import dev.longwatch.jobs.follow.Inbox;
import dev.longwatch.jobs.follow.Waiting;
import dev.longwatch.jobs.follow.WaitingSerializer;
import dev.longwatch.jobs.follow.WatchlistFile;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * The other door of this room: the clips of streams that go on, as their recordings grow, each with its questions. Streams,
 * questions and sampling are those of a watchlist as it changes. A stream that no checkpoint knows is watched from now on,
 * one that is known from where it was.
 */
public final class LiveSource
        implements Source<VideoClip, LiveSplit, Waiting<LiveSplit>>, ResultTypeQueryable<VideoClip> {

    private static final long serialVersionUID = 1L;

    private final WatchlistFile watchlist;
    private final LiveWatching watching;

    public LiveSource(WatchlistFile watchlist, LiveWatching watching) {
        this.watchlist = watchlist;
        this.watching = watching;
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SourceReader<VideoClip, LiveSplit> createReader(SourceReaderContext context) {
        return new LiveReader(context, new Inbox(), watching);
    }

    @Override
    public SplitEnumerator<LiveSplit, Waiting<LiveSplit>> createEnumerator(SplitEnumeratorContext<LiveSplit> context) {
        return restoreEnumerator(context, new Waiting<>(List.of()));
    }

    @Override
    public SplitEnumerator<LiveSplit, Waiting<LiveSplit>> restoreEnumerator(
            SplitEnumeratorContext<LiveSplit> context, Waiting<LiveSplit> waiting) {
        return new FollowingEnumerator<>(
                context, watchlist, stream -> LiveSplit.from(stream.name(), System.currentTimeMillis()), waiting);
    }

    @Override
    public SimpleVersionedSerializer<LiveSplit> getSplitSerializer() {
        return new LiveSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<Waiting<LiveSplit>> getEnumeratorCheckpointSerializer() {
        return new WaitingSerializer<>(new LiveSplitSerializer());
    }

    @Override
    public TypeInformation<VideoClip> getProducedType() {
        return TypeInformation.of(VideoClip.class);
    }
}
