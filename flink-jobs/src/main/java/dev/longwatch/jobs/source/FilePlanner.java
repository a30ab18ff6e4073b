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

    @Override
    public List<VideoSplit> plan(VideoRequest request, int slots) {
        try (VideoFile file = VideoFile.open(request.uri())) {
            VideoProbe probe = file.probe();
            long micros = probe.durationMicros() > 0 ? probe.durationMicros() : measure(request);
            long videoMillis = -Math.floorDiv(-micros, 1_000L);
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

    /** A recording that broke off often does not tell its length. */
    private static long measure(VideoRequest request) throws VideoException {
        try (VideoFile file = VideoFile.open(request.uri())) {
            return file.measureMicros();
        }
    }
}
