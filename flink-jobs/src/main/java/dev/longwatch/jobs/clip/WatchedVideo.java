// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.clip;

import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.jobs.sample.SampledFrame;
import dev.longwatch.jobs.sample.Thinning;
import java.util.List;

/**
 * A video and what is asked of it: all that its clips have in common. The components are those of {@link VideoClip}.
 *
 * @param sequences hold for the stream
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
        AlertRule[] sequences,
        boolean describe,
        double framesPerSecond,
        Thinning thinning,
        long since) {

    /** No clip waits for one before it. */
    public static final long IN_ORDER = Long.MAX_VALUE;

    /** All that is asked: the rules, and {@link VideoClip#DESCRIBE} last where it is wanted. */
    List<AlertRule> asked() {
        return VideoClip.asked(rules, describe);
    }

    /** Where a clip lies. The components are those of {@link VideoClip}. */
    record Stretch(long ordinal, long startMillis, long endMillis, long overlapMillis, boolean last, boolean givenUp) {}

    /** @param ended asked of the clip before, and not any more */
    VideoClip clip(Stretch where, SampledFrame[] frames, long[] holes, String problem, AlertRule[] ended) {
        SampledFrame[] kept = thinning.keep(frames);
        double rate = frames.length == 0 ? framesPerSecond : framesPerSecond * kept.length / frames.length;
        return new VideoClip(
                stream,
                uri,
                recordedAtMillis,
                videoMillis,
                where.ordinal,
                where.startMillis,
                where.endMillis,
                where.overlapMillis,
                since == IN_ORDER,
                Math.min(since, where.ordinal),
                where.last,
                kept,
                holes,
                problem,
                where.givenUp,
                rules,
                ended,
                sequences,
                describe,
                rate,
                thinning.reason(framesPerSecond, frames.length, kept.length));
    }

    /** The one clip of a video that could not be opened. */
    public VideoClip unreadable(String problem) {
        return clip(new Stretch(0, 0, 0, 0, true, false), new SampledFrame[0], new long[0], problem, new AlertRule[0]);
    }
}
