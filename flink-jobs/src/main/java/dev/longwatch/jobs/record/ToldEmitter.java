// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.connector.base.source.reader.RecordEmitter;

/** Hands an update on and moves the stream's position behind it, in one step: output and position cannot disagree. */
final class ToldEmitter implements RecordEmitter<Told, StreamUpdate, StreamSplitState> {

    @Override
    public void emitRecord(Told told, SourceOutput<StreamUpdate> output, StreamSplitState state) {
        if (told.update() != null) {
            output.collect(told.update());
        }
        state.handedOn(told);
    }
}
