// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.source;

import dev.longwatch.jobs.clip.ClipAssembler;
import dev.longwatch.jobs.clip.VideoClip;
import dev.longwatch.jobs.decode.DecodedFrame;
import dev.longwatch.jobs.decode.PictureReader;
import dev.longwatch.jobs.decode.VideoException;
import dev.longwatch.jobs.sample.FixedRate;
import dev.longwatch.jobs.sample.SampledFrame;
import dev.longwatch.jobs.sample.Sampler;
import org.jspecify.annotations.Nullable;

/** A pass over a file, or a part of it. */
final class SplitPass implements ClipPass {

    private final VideoSplit split;
    private final ClipAssembler clips;
    private final @Nullable PictureReader pictures;
    private final ReadingMetrics metrics;
    private @Nullable VideoClip unreadable;

    private SplitPass(VideoSplit split, ClipAssembler clips, @Nullable PictureReader pictures, ReadingMetrics metrics) {
        this.split = split;
        this.clips = clips;
        this.pictures = pictures;
        this.metrics = metrics;
    }

    /** @param split not done */
    static SplitPass over(VideoSplit split, Watching watching, ReadingMetrics metrics) {
        long fromMicros = watching.grid().startMillis(split.next()) * 1_000;
        return over(split, watching, new FixedRate(watching.framesPerSecond(), fromMicros), metrics);
    }

    /**
     * @param split not done
     * @param sampler that chooses nothing before the split's next clip
     */
    static SplitPass over(VideoSplit split, Watching watching, Sampler sampler, ReadingMetrics metrics) {
        ClipAssembler clips = new ClipAssembler(watching.of(split), watching.grid(), split.remaining());
        if (split.isUnreadable()) {
            SplitPass pass = new SplitPass(split, clips, null, metrics);
            pass.unreadable = watching.of(split).unreadable(split.problem());
            return pass;
        }
        try {
            PictureReader pictures = PictureReader.open(split.uri(), watching.fit(), sampler, sampler.leadInMicros());
            return new SplitPass(split, clips, pictures, metrics);
        } catch (VideoException e) {
            // it could be read when it was planned
            clips.end(watching.grid().startMillis(split.next()) * 1_000, e.sentence());
            return new SplitPass(split, clips, null, metrics);
        }
    }

    @Override
    public String splitId() {
        return split.splitId();
    }

    @Override
    public void step() {
        if (pictures == null) {
            return;
        }
        DecodedFrame frame = pictures.next();
        if (frame == null) {
            clips.end(pictures.endMicros(), pictures.problem());
            return;
        }
        metrics.picture(frame);
        if (frame.isLost()) {
            clips.lost(frame.ptsMicros());
        } else {
            clips.add(new SampledFrame(frame.ptsMicros(), frame.width(), frame.height(), frame.rgb()));
        }
    }

    @Override
    public @Nullable VideoClip poll() {
        if (unreadable != null) {
            VideoClip clip = unreadable;
            unreadable = null;
            return clip;
        }
        return split.isUnreadable() ? null : clips.poll();
    }

    @Override
    public boolean isDone() {
        return split.isUnreadable() ? unreadable == null : clips.isDone();
    }

    @Override
    public boolean isIdle() {
        return false;
    }

    @Override
    public void close() {
        if (pictures != null) {
            pictures.close();
        }
    }
}
