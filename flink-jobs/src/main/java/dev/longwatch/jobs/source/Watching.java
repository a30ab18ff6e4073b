// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.source;

import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.jobs.clip.ClipGrid;
import dev.longwatch.jobs.clip.WatchedVideo;
import dev.longwatch.jobs.decode.PictureFit;
import java.io.Serializable;
import java.util.List;

/** How all videos of a source are watched. Travels to the readers with the job. */
record Watching(List<Asked> asked, boolean describe, double framesPerSecond, ClipGrid grid, PictureFit fit)
        implements Serializable {

    /** An {@link AlertRule} that Java can serialize. */
    record Asked(String name, String when, double threshold, long minMillis, long mergeMillis) implements Serializable {

        static Asked of(AlertRule rule) {
            return new Asked(rule.name(), rule.when(), rule.threshold(), rule.minMillis(), rule.mergeMillis());
        }

        AlertRule rule() {
            return new AlertRule(name, when, threshold, minMillis, mergeMillis);
        }
    }

    Watching {
        asked = List.copyOf(asked);
        if (!(framesPerSecond > 0) || Double.isInfinite(framesPerSecond)) {
            throw new IllegalArgumentException(
                    "expected a positive number of frames a second, found " + framesPerSecond);
        }
        if (framesPerSecond * grid.strideMillis() < 1_000) {
            throw new IllegalArgumentException("at " + framesPerSecond + " frames a second clips every "
                    + grid.strideMillis() + " ms may hold none: sample faster or make clips longer");
        }
    }

    WatchedVideo of(VideoSplit split) {
        AlertRule[] rules = asked.stream().map(Asked::rule).toArray(AlertRule[]::new);
        return new WatchedVideo(
                split.stream(),
                split.uri(),
                split.recordedAtMillis(),
                split.videoMillis(),
                rules,
                describe,
                framesPerSecond);
    }
}
