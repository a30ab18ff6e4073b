// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.source;

import java.util.List;

/**
 * What no reader has yet.
 *
 * @param unplanned videos that were not looked at
 * @param waiting splits that were not assigned
 */
record VideoEnumeratorState(List<VideoRequest> unplanned, List<VideoSplit> waiting) {

    VideoEnumeratorState {
        unplanned = List.copyOf(unplanned);
        waiting = List.copyOf(waiting);
    }
}
