// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.compose;

import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.event.VideoEvent;

/**
 * An event on its way to a sequence that it may be a step of.
 *
 * @param sequence as it was when the event changed
 * @param retired whether the event can be a step of it no more: what was found with it before ends with it
 * @param event the event as it stands now
 */
public record StepEvent(AlertRule sequence, boolean retired, VideoEvent event) {

    /** The key: steps of one sequence belong together, and those of one stream unless they may happen on several. */
    String key() {
        return sequence.name() + '\n' + (sequence.crossesStreams() ? "" : event.stream());
    }
}
