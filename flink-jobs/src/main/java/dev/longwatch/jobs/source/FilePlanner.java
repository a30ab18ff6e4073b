// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.source;

import dev.longwatch.jobs.clip.ClipGrid;
import dev.longwatch.jobs.clip.ClipRange;
import dev.longwatch.jobs.decode.VideoException;
import dev.longwatch.jobs.decode.VideoFile;
import dev.longwatch.jobs.decode.VideoProbe;
import java.util.List;

/** Plans files by opening them. */
record FilePlanner(ClipGrid grid) implements SplitPlanner {

    /** A recording that broke off often tells no length, or one of weeks: what it holds is measured. */
    private static final long CREDIBLE_MICROS = 24 * 3_600_000_000L;

    @Override
    public List<VideoSplit> plan(VideoRequest request, int slots) {
        try (VideoFile file = VideoFile.open(request.uri())) {
            VideoProbe probe = file.probe();
            long videoMillis = millis(file, probe);
            SplitCut cut = new SplitCut(grid, videoMillis, slots);
            // without an index, finding the key pictures means reading the file: only when there is something to cut
            List<ClipRange> ranges = cut.isWorthwhile() ? cut.ranges(file.keyFrames()::lastNotAfter) : cut.whole();
            return ranges.stream()
                    .map(range -> new VideoSplit(
                            request.stream(),
                            request.uri(),
                            probe.recordedAtMillis(),
                            videoMillis,
                            range.first(),
                            range.last(),
                            range.untilEnd(),
                            range.first(),
                            ""))
                    .toList();
        } catch (VideoException e) {
            return List.of(VideoSplit.unreadable(request, e.sentence()));
        }
    }

    /** How long a video is: what it says when that can be, else what it holds. */
    static long millis(VideoFile file, VideoProbe probe) throws VideoException {
        long said = probe.durationMicros();
        long micros = said > 0 && said <= CREDIBLE_MICROS ? said : file.measureMicros();
        return -Math.floorDiv(-micros, 1_000L);
    }
}
