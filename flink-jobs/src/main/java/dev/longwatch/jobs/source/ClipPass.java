// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.source;

import dev.longwatch.jobs.clip.VideoClip;
import org.jspecify.annotations.Nullable;

/** One pass over a split, from its position to its end: decode, sample, assemble. Not thread-safe. */
interface ClipPass extends AutoCloseable {

    /** Of the split that it is a pass over. */
    String splitId();

    /** Reads a little further: the next picture, or what a recording says next. */
    void step();

    /** The next clip; null when more must be read first, or none are left. */
    @Nullable
    VideoClip poll();

    boolean isDone();

    /** Whether nothing was there to read for {@link #step}: the video is still being recorded. */
    boolean isIdle();

    @Override
    void close();

    /** A pass over a split of which nothing is left. */
    static ClipPass none(String splitId) {
        return new ClipPass() {
            @Override
            public String splitId() {
                return splitId;
            }

            @Override
            public void step() {}

            @Override
            public @Nullable VideoClip poll() {
                return null;
            }

            @Override
            public boolean isDone() {
                return true;
            }

            @Override
            public boolean isIdle() {
                return false;
            }

            @Override
            public void close() {}
        };
    }
}
