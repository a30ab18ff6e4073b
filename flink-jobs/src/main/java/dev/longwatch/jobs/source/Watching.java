// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.source;

import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.jobs.clip.ClipGrid;
import dev.longwatch.jobs.clip.WatchedVideo;
import dev.longwatch.jobs.decode.PictureFit;
import dev.longwatch.jobs.sample.Thinning;
import java.io.Serializable;
import java.util.List;

/** How all videos of a source are watched. Travels to the readers with the job. */
record Watching(
        List<AlertRule> rules,
        boolean describe,
        double framesPerSecond,
        Thinning thinning,
        ClipGrid grid,
        PictureFit fit)
        implements Serializable {

    Watching {
        rules = List.copyOf(rules);
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
        return new WatchedVideo(
                split.stream(),
                split.uri(),
                split.recordedAtMillis(),
                split.videoMillis(),
                asked(split.stream()),
                sequences(split.stream()),
                describe,
                framesPerSecond,
                thinning,
                split.since());
    }

    private AlertRule[] sequences(String stream) {
        return rules.stream()
                .filter(rule -> !rule.asksTheModel() && rule.holdsFor(stream))
                .toArray(AlertRule[]::new);
    }

    private AlertRule[] asked(String stream) {
        return rules.stream()
                .filter(rule -> rule.asksTheModel() && rule.holdsFor(stream))
                .toArray(AlertRule[]::new);
    }
}
