// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.connector.base.source.reader.RecordEmitter;

/** Hands an update on and moves the stream's position behind it, in one step: output and position cannot disagree. */
final class ToldEmitter implements RecordEmitter<Told, StreamUpdate, StreamSplitState> {

    private final RecordingMetrics metrics;

    ToldEmitter(RecordingMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public void emitRecord(Told told, SourceOutput<StreamUpdate> output, StreamSplitState state) {
        StreamUpdate update = told.update();
        if (update != null) {
            output.collect(update);
            IndexEntry entry = update.entry();
            if (entry != null) {
                metrics.told(entry);
            }
        }
        state.handedOn(told);
    }
}
