// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.source;

import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.jobs.clip.VideoClip;
import java.util.List;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * A stream that is watched while it goes on, and how far. The position is an instant, not an ordinal, so that it holds when
 * the grid of the clips changes. Kept in checkpoints: {@link LiveSplitSerializer} reads all versions ever written.
 *
 * @param stream its name
 * @param fromMillis where the next clip begins at the earliest, milliseconds since 1970 UTC; 0 when it may begin anywhere
 * @param coveredMillis up to where clips were handed on: the next clip is the first that ends later
 * @param asked what was asked of the last clip: what is not asked of the next one ends there
 */
public record LiveSplit(String stream, long fromMillis, long coveredMillis, List<AlertRule> asked)
        implements SourceSplit {

    public LiveSplit {
        asked = List.copyOf(asked);
    }

    /** A stream that nobody knows, from an instant on. */
    static LiveSplit from(String stream, long millis) {
        return new LiveSplit(stream, 0, millis, List.of());
    }

    /** Behind a clip that was handed on. */
    LiveSplit after(VideoClip clip) {
        return new LiveSplit(stream, clip.endMillis() - clip.overlapMillis(), clip.endMillis(), clip.asked());
    }

    /** The stream's name. */
    @Override
    public String splitId() {
        return stream;
    }
}
