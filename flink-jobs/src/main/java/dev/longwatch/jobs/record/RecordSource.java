// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 * The door of this room: records streams, and tells every segment, gap and change of condition. After a failure it tells
 * what was recorded since the checkpoint from the index, once, and the time nobody recorded as a gap.
 */
public final class RecordSource
        implements Source<StreamUpdate, StreamSplit, StreamEnumeratorState>, ResultTypeQueryable<StreamUpdate> {

    private static final long serialVersionUID = 1L;

    private final LinkedHashMap<String, StreamRequest> requests = new LinkedHashMap<>();
    private final RecordOptions options;

    /**
     * @param requests each stream's name once
     * @throws IllegalArgumentException if a name is there twice
     */
    public RecordSource(List<StreamRequest> requests, RecordOptions options) {
        this.options = options;
        for (StreamRequest request : requests) {
            if (this.requests.put(request.stream(), request) != null) {
                throw new IllegalArgumentException("two streams have the name '" + request.stream() + "'");
            }
        }
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SourceReader<StreamUpdate, StreamSplit> createReader(SourceReaderContext context) {
        return new RecordReader(context, Map.copyOf(requests), options);
    }

    @Override
    public SplitEnumerator<StreamSplit, StreamEnumeratorState> createEnumerator(
            SplitEnumeratorContext<StreamSplit> context) {
        return restoreEnumerator(context, StreamEnumeratorState.NONE);
    }

    @Override
    public SplitEnumerator<StreamSplit, StreamEnumeratorState> restoreEnumerator(
            SplitEnumeratorContext<StreamSplit> context, StreamEnumeratorState state) {
        return new StreamEnumerator(context, List.copyOf(requests.keySet()), state);
    }

    @Override
    public SimpleVersionedSerializer<StreamSplit> getSplitSerializer() {
        return new StreamSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<StreamEnumeratorState> getEnumeratorCheckpointSerializer() {
        return new StreamEnumeratorStateSerializer();
    }

    @Override
    public TypeInformation<StreamUpdate> getProducedType() {
        return TypeInformation.of(StreamUpdate.class);
    }
}
