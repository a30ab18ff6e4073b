// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.source;

import dev.longwatch.jobs.clip.VideoClip;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.connector.base.source.reader.RecordEmitter;

/** Hands a clip on and moves the split's position behind it, in one step: output and position cannot disagree. */
final class ClipEmitter implements RecordEmitter<VideoClip, VideoClip, VideoSplitState> {

    @Override
    public void emitRecord(VideoClip clip, SourceOutput<VideoClip> output, VideoSplitState state) {
        output.collect(clip);
        state.handedOn(clip);
    }
}
