// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.compose;

import dev.longwatch.indexer.event.VideoEvent;

/**
 * An event on its way to a sequence that it may be a step of.
 *
 * @param rule name of the sequence
 * @param stream where all its steps must happen; empty when they may happen anywhere
 * @param event the event as it stands now
 */
public record StepEvent(String rule, String stream, VideoEvent event) {

    /** The key: steps of one sequence belong together. */
    String key() {
        return rule + '\n' + stream;
    }
}
