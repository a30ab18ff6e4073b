// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.clip;

import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.jobs.sample.SampledFrame;
import dev.longwatch.jobs.sample.Thinning;

/**
 * A video and what is asked of it: all that its clips have in common. The components are those of {@link VideoClip}.
 *
 * @param framesPerSecond at which rate frames are offered to the thinning
 * @param thinning which of a clip's frames are not worth looking at
 * @param since the first clip that is watched; {@link #IN_ORDER} when each clip comes after all before it
 */
public record WatchedVideo(
        String stream,
        String uri,
        long recordedAtMillis,
        long videoMillis,
        AlertRule[] rules,
        boolean describe,
        double framesPerSecond,
        Thinning thinning,
        long since) {

    /** No clip waits for one before it. */
    public static final long IN_ORDER = Long.MAX_VALUE;

    VideoClip clip(
            long ordinal,
            long startMillis,
            long endMillis,
            boolean last,
            SampledFrame[] frames,
            long[] holes,
            String problem) {
        SampledFrame[] kept = thinning.keep(frames);
        double rate = frames.length == 0 ? framesPerSecond : framesPerSecond * kept.length / frames.length;
        return new VideoClip(
                stream,
                uri,
                recordedAtMillis,
                videoMillis,
                ordinal,
                startMillis,
                endMillis,
                Math.min(since, ordinal),
                last,
                kept,
                holes,
                problem,
                rules,
                describe,
                rate,
                thinning.reason(framesPerSecond, frames.length, kept.length));
    }

    /** The one clip of a video that could not be opened. */
    public VideoClip unreadable(String problem) {
        return clip(0, 0, 0, true, new SampledFrame[0], new long[0], problem);
    }
}
