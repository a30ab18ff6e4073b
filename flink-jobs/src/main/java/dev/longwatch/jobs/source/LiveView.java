// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.source;

import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.watchlist.Sampling;
import dev.longwatch.indexer.watchlist.WatchedStream;
import dev.longwatch.indexer.watchlist.Watchlist;
import dev.longwatch.jobs.clip.ClipGrid;
import dev.longwatch.jobs.clip.VideoClip;
import dev.longwatch.jobs.clip.WatchedVideo;
import dev.longwatch.jobs.sample.ByChange;
import dev.longwatch.jobs.sample.Thinning;
import java.util.List;

/**
 * How a stream is watched and what is asked of it, as a watchlist says.
 *
 * @param sampling how closely
 * @param video what all clips have in common
 */
record LiveView(Sampling sampling, WatchedVideo video) {

    static LiveView of(WatchedStream stream, Watchlist watchlist, LiveWatching watching) {
        List<AlertRule> rules = watchlist.rulesFor(stream);
        return of(
                stream.name(),
                stream.sampling(),
                rules.stream().filter(AlertRule::asksTheModel).toList(),
                rules.stream().filter(rule -> !rule.asksTheModel()).toList(),
                watching.describe(),
                watching);
    }

    /** Of a stream that the watchlist no longer knows: what was asked last is asked once more, of its end. */
    static LiveView last(LiveSplit split, LiveWatching watching) {
        return of(
                split.stream(),
                Sampling.LIVE,
                split.asked().stream()
                        .filter(rule -> !rule.equals(VideoClip.DESCRIBE))
                        .toList(),
                List.of(),
                split.asked().contains(VideoClip.DESCRIBE),
                watching);
    }

    private static LiveView of(
            String stream,
            Sampling sampling,
            List<AlertRule> rules,
            List<AlertRule> sequences,
            boolean describe,
            LiveWatching watching) {
        WatchedVideo video = new WatchedVideo(
                stream,
                VideoRequest.recording(stream, watching.root(), 0, VideoRequest.END)
                        .uri(),
                0,
                0,
                rules.toArray(AlertRule[]::new),
                sequences.toArray(AlertRule[]::new),
                describe,
                sampling.framesPerSecond(),
                sampling.byChange() ? ByChange.DEFAULT : Thinning.NONE,
                WatchedVideo.IN_ORDER);
        return new LiveView(sampling, video);
    }

    double framesPerSecond() {
        return sampling.framesPerSecond();
    }

    ClipGrid grid() {
        return new ClipGrid(sampling.clipMillis(), sampling.clipMillis() - sampling.overlapMillis());
    }
}
