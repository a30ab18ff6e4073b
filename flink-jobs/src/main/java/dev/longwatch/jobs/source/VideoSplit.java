// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.source;

import dev.longwatch.jobs.clip.ClipRange;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * Consecutive clips of one video, and which of them comes next. Kept in checkpoints: {@link VideoSplitSerializer} reads all
 * versions ever written.
 *
 * @param stream the video's name
 * @param uri where the video is
 * @param recordedAtMillis wall clock of the video's first picture, milliseconds since 1970 UTC
 * @param videoMillis length of the video, 0 when unknown
 * @param first ordinal on the video's clip grid
 * @param last ordinal
 * @param since ordinal of the first clip of the video that is watched at all
 * @param untilEnd whether the video ends with this split, be it longer than it said
 * @param endsWatch whether nothing of the video is watched after this split
 * @param next ordinal of the clip to make next: the position; {@link #DONE} when none is
 * @param problem why the video cannot be read, for a person; empty when it can
 */
public record VideoSplit(
        String stream,
        String uri,
        long recordedAtMillis,
        long videoMillis,
        long first,
        long last,
        long since,
        boolean untilEnd,
        boolean endsWatch,
        long next,
        String problem)
        implements SourceSplit {

    /** The position behind the last clip. */
    static final long DONE = Long.MAX_VALUE;

    static VideoSplit unreadable(VideoRequest request, String problem) {
        return new VideoSplit(request.stream(), request.uri(), 0, 0, 0, 0, 0, true, true, 0, problem);
    }

    /** The stream's name and the first clip: unique, since streams are. */
    @Override
    public String splitId() {
        return stream + '#' + first;
    }

    boolean isUnreadable() {
        return !problem.isEmpty();
    }

    boolean isRecording() {
        return VideoRequest.isRecording(uri) && !isUnreadable();
    }

    boolean isDone() {
        return next == DONE;
    }

    /** The clips that are still to be made. */
    ClipRange remaining() {
        return new ClipRange(next, Math.max(next, last), untilEnd, endsWatch);
    }

    /** @param clipIsLast whether the video ended with the clip that was made */
    VideoSplit after(long ordinal, boolean clipIsLast) {
        boolean done = clipIsLast || (!untilEnd && ordinal >= last);
        return new VideoSplit(
                stream,
                uri,
                recordedAtMillis,
                videoMillis,
                first,
                last,
                since,
                untilEnd,
                endsWatch,
                done ? DONE : ordinal + 1,
                problem);
    }
}
