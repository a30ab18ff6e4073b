// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.source;

import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.jobs.clip.ClipGrid;
import dev.longwatch.jobs.clip.VideoClip;
import dev.longwatch.jobs.decode.PictureFit;
import dev.longwatch.jobs.decode.VideoException;
import dev.longwatch.jobs.decode.VideoFile;
import dev.longwatch.jobs.sample.Sampler;
import dev.longwatch.jobs.sample.Thinning;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The clips of one video in order, on the calling thread and without a cluster: the pass that {@link VideoSource}'s readers
 * make. Not thread-safe; whoever opens it closes it.
 */
public final class VideoClips implements AutoCloseable {

    private final ClipPass pass;

    private VideoClips(ClipPass pass) {
        this.pass = pass;
    }

    /**
     * How long a video is, in milliseconds.
     *
     * @param uri a path, or a {@code file:} URI
     * @throws VideoException if there is no video to read
     */
    public static long millis(String uri) throws VideoException {
        try (VideoFile file = VideoFile.open(uri)) {
            return FilePlanner.millis(file, file.probe());
        }
    }

    /**
     * @param rules what rides on every clip
     * @param describe whether every clip wants a dense caption besides
     * @param framesPerSecond at which the sampler chooses, about
     * @param sampler not used before
     * @param thinning of what the sampler chose
     */
    public static VideoClips of(
            VideoRequest video,
            List<AlertRule> rules,
            boolean describe,
            double framesPerSecond,
            ClipGrid grid,
            PictureFit fit,
            Sampler sampler,
            Thinning thinning) {
        VideoSplit whole = new FilePlanner(grid).plan(video, 1).get(0);
        return new VideoClips(SplitPass.over(
                whole,
                new Watching(rules, describe, framesPerSecond, thinning, grid, fit),
                sampler,
                ReadingMetrics.UNSEEN));
    }

    /**
     * The clips that hold any of a part of a file or recording, on the grid on which it is watched.
     *
     * @param part of a recording that ends
     * @param rules what rides on every clip
     */
    public static VideoClips part(VideoRequest part, List<AlertRule> rules, double framesPerSecond, PictureFit fit) {
        if (part.isEndless()) {
            throw new IllegalArgumentException("the recording of " + part.stream() + " has no end to stop at");
        }
        VideoSplit split = new FilePlanner(ClipGrid.DEFAULT).plan(part, 1).get(0);
        Watching watching = new Watching(rules, false, framesPerSecond, Thinning.NONE, ClipGrid.DEFAULT, fit);
        return new VideoClips(
                split.isRecording()
                        ? RecordingPass.over(split, watching, ReadingMetrics.UNSEEN)
                        : SplitPass.over(split, watching, ReadingMetrics.UNSEEN));
    }

    /** The next clip; null after the last. One that could not be read says why. */
    public @Nullable VideoClip next() {
        while (true) {
            VideoClip clip = pass.poll();
            if (clip != null || pass.isDone()) {
                return clip;
            }
            pass.step();
        }
    }

    @Override
    public void close() {
        pass.close();
    }
}
