// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.source;

import dev.longwatch.jobs.clip.VideoClip;

/** The one mutable thing of a split being read: how far its clips were handed on. */
final class VideoSplitState {

    private VideoSplit split;

    VideoSplitState(VideoSplit split) {
        this.split = split;
    }

    void handedOn(VideoClip clip) {
        split = split.after(clip.ordinal(), clip.last());
    }

    VideoSplit split() {
        return split;
    }
}
