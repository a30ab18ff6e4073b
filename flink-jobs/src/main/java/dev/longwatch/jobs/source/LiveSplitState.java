// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.source;

import dev.longwatch.jobs.clip.VideoClip;

/** The one mutable thing of a stream being watched: how far its clips were handed on. */
final class LiveSplitState {

    private LiveSplit split;

    LiveSplitState(LiveSplit split) {
        this.split = split;
    }

    void handedOn(VideoClip clip) {
        split = split.after(clip);
    }

    LiveSplit split() {
        return split;
    }
}
