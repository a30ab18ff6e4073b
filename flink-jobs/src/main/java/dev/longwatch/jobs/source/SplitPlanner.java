// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.source;

import java.util.List;

/** Looks at a video and cuts it into splits. Called in the background; may take a while. */
@FunctionalInterface
interface SplitPlanner {

    /**
     * @param slots how many readers there are
     * @return at least one split, in order; for a video that cannot be read one that says why
     */
    List<VideoSplit> plan(VideoRequest request, int slots);
}
