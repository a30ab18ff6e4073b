// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.stitch;

import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.event.VideoEvent;

/**
 * A change of an event, and the rules as they were when it came about: what is made of it later needs no list of rules that
 * would have to be as old.
 *
 * @param event as it stands now
 * @param rule that it was found by
 * @param sequences that the rule is a step of
 * @param retired sequences that it was a step of while the event was open, and is not any more
 */
public record RuledEvent(VideoEvent event, AlertRule rule, AlertRule[] sequences, AlertRule[] retired) {

    private static final AlertRule[] NONE = {};

    /** An event that is a step of nothing. */
    public RuledEvent(VideoEvent event, AlertRule rule) {
        this(event, rule, NONE, NONE);
    }
}
