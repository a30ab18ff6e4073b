// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

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
 * The door of this room: records the streams of a watchlist as it changes, and tells every segment, gap and change of
 * condition. After a failure it tells what was recorded since the checkpoint from the index, once, and the time nobody
 * recorded as a gap.
 *
 * <p>A stream that is taken off the list is ended with its segment closed, and {@link Condition#STOPPED}. One whose address
 * changes is opened anew and begins an epoch. How long it is kept may change while it is recorded.
 */
public final class RecordSource
        implements Source<StreamUpdate, StreamSplit, Waiting<StreamSplit>>, ResultTypeQueryable<StreamUpdate> {

    private static final long serialVersionUID = 1L;

    private final WatchlistFile watchlist;
    private final RecordOptions options;

    /** @param options of all streams, but for how long each is kept */
    public RecordSource(WatchlistFile watchlist, RecordOptions options) {
        this.watchlist = watchlist;
        this.options = options;
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SourceReader<StreamUpdate, StreamSplit> createReader(SourceReaderContext context) {
        return new RecordReader(context, new Inbox(), options);
    }

    @Override
    public SplitEnumerator<StreamSplit, Waiting<StreamSplit>> createEnumerator(
            SplitEnumeratorContext<StreamSplit> context) {
        return restoreEnumerator(context, new Waiting<>(List.of()));
    }

    @Override
    public SplitEnumerator<StreamSplit, Waiting<StreamSplit>> restoreEnumerator(
            SplitEnumeratorContext<StreamSplit> context, Waiting<StreamSplit> waiting) {
        return new FollowingEnumerator<>(context, watchlist, stream -> new StreamSplit(stream.name(), null), waiting);
    }

    @Override
    public SimpleVersionedSerializer<StreamSplit> getSplitSerializer() {
        return new StreamSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<Waiting<StreamSplit>> getEnumeratorCheckpointSerializer() {
        return new WaitingSerializer<>(new StreamSplitSerializer());
    }

    @Override
    public TypeInformation<StreamUpdate> getProducedType() {
        return TypeInformation.of(StreamUpdate.class);
    }
}
