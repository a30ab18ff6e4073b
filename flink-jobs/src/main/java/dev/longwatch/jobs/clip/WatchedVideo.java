// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.clip;

import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.jobs.sample.SampledFrame;

/**
 * A video and what is asked of it: all that its clips have in common. The components are those of {@link VideoClip}.
 */
public record WatchedVideo(
        String stream,
        String uri,
        long recordedAtMillis,
        long videoMillis,
        AlertRule[] rules,
        boolean describe,
        double framesPerSecond) {

    VideoClip clip(
            long ordinal, long startMillis, long endMillis, boolean last, SampledFrame[] frames, String problem) {
        return new VideoClip(
                stream,
                uri,
                recordedAtMillis,
                videoMillis,
                ordinal,
                startMillis,
                endMillis,
                last,
                frames,
                problem,
                rules,
                describe,
                framesPerSecond);
    }

    /** The one clip of a video that could not be opened. */
    public VideoClip unreadable(String problem) {
        return clip(0, 0, 0, true, new SampledFrame[0], problem);
    }
}
