// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

import dev.longwatch.jobs.follow.FollowingReader;
import dev.longwatch.jobs.follow.Inbox;
import org.apache.flink.api.connector.source.SourceReaderContext;

/** Records the streams it is dealt, each until it is taken off the watchlist. */
@SuppressWarnings("try") // Flink declares that closing a reader may throw anything
final class RecordReader extends FollowingReader<Told, StreamUpdate, StreamSplit, StreamSplitState> {

    RecordReader(SourceReaderContext context, Inbox inbox, RecordOptions options) {
        super(
                inbox,
                () -> new RecordingSplitReader(inbox, options),
                new ToldEmitter(new RecordingMetrics(context.metricGroup())),
                context.getConfiguration(),
                context);
    }

    @Override
    protected StreamSplitState initializedState(StreamSplit split) {
        return new StreamSplitState(split);
    }

    @Override
    protected StreamSplit toSplitType(String splitId, StreamSplitState state) {
        return state.split();
    }
}
