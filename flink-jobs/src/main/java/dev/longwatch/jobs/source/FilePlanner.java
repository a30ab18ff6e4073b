// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.source;

import dev.longwatch.jobs.clip.ClipGrid;
import dev.longwatch.jobs.clip.ClipRange;
import dev.longwatch.jobs.clip.Clock;
import dev.longwatch.jobs.clip.WatchedVideo;
import dev.longwatch.jobs.decode.VideoException;
import dev.longwatch.jobs.decode.VideoFile;
import dev.longwatch.jobs.decode.VideoProbe;
import java.util.List;

/** Plans files by opening them, and recordings by the clock. */
record FilePlanner(ClipGrid grid) implements SplitPlanner {

    /** A recording that broke off often tells no length, or one of weeks: what it holds is measured. */
    private static final long CREDIBLE_MICROS = 24 * 3_600_000_000L;

    @Override
    public List<VideoSplit> plan(VideoRequest request, int slots) {
        if (VideoRequest.isRecording(request.uri())) {
            return List.of(recording(request));
        }
        try (VideoFile file = VideoFile.open(request.uri())) {
            VideoProbe probe = file.probe();
            long videoMillis = millis(file, probe);
            if (request.fromMillis() > 0 && request.fromMillis() >= videoMillis) {
                return List.of(VideoSplit.unreadable(
                        request,
                        request.uri() + " is " + Clock.of(videoMillis) + " long: nothing is there to watch from "
                                + Clock.of(request.fromMillis()) + " on"));
            }
            List<ClipRange> ranges = ranges(file, request, videoMillis, slots);
            long since = ranges.get(0).first();
            return ranges.stream()
                    .map(range -> new VideoSplit(
                            request.stream(),
                            request.uri(),
                            probe.recordedAtMillis(),
                            videoMillis,
                            range.first(),
                            range.last(),
                            since,
                            range.untilEnd(),
                            range.endsWatch(),
                            range.first(),
                            ""))
                    .toList();
        } catch (VideoException e) {
            return List.of(VideoSplit.unreadable(request, e.sentence()));
        }
    }

    /** Read in one go: its clips come in order. */
    private VideoSplit recording(VideoRequest request) {
        long first = grid.firstOf(request.fromMillis());
        long last = request.isEndless() ? Long.MAX_VALUE - 1 : Math.max(first, grid.lastOf(request.toMillis() - 1));
        return new VideoSplit(
                request.stream(),
                request.uri(),
                0,
                0,
                first,
                last,
                WatchedVideo.IN_ORDER,
                false,
                !request.isEndless(),
                first,
                "");
    }

    private List<ClipRange> ranges(VideoFile file, VideoRequest request, long videoMillis, int slots)
            throws VideoException {
        long since = grid.firstOf(request.fromMillis());
        long whole = grid.clips(videoMillis) - 1;
        if (since > 0 || request.toMillis() < videoMillis) {
            // a part is read in one go
            long last = Math.max(since, Math.min(whole, grid.lastOf(request.toMillis() - 1)));
            return List.of(new ClipRange(since, last, last == whole, true));
        }
        SplitCut cut = new SplitCut(grid, videoMillis, slots);
        // without an index, finding the key pictures means reading the file: only when there is something to cut
        return cut.isWorthwhile() ? cut.ranges(file.keyFrames()::lastNotAfter) : cut.whole();
    }

    /** How long a video is: what it says when that can be, else what it holds. */
    static long millis(VideoFile file, VideoProbe probe) throws VideoException {
        long said = probe.durationMicros();
        long micros = said > 0 && said <= CREDIBLE_MICROS ? said : file.measureMicros();
        return -Math.floorDiv(-micros, 1_000L);
    }
}
