// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

import java.util.Map;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.SingleThreadMultiplexSourceReaderBase;

/** Records the streams it is given, for as long as the job runs. */
@SuppressWarnings("try") // Flink declares that closing a reader may throw anything
final class RecordReader
        extends SingleThreadMultiplexSourceReaderBase<Told, StreamUpdate, StreamSplit, StreamSplitState> {

    RecordReader(SourceReaderContext context, Map<String, StreamRequest> requests, RecordOptions options) {
        super(
                () -> new RecordingSplitReader(requests, options),
                new ToldEmitter(),
                context.getConfiguration(),
                context);
    }

    @Override
    protected void onSplitFinished(Map<String, StreamSplitState> finished) {
        throw new IllegalStateException("streams have no end, found " + finished.keySet());
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
