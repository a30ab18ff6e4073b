// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import dev.longwatch.indexer.alert.Alert;
import dev.longwatch.indexer.event.VideoEvent;

/** Something that was written: new, or changed since. */
public sealed interface Change {

    /** Where a reader is who was told of this one. */
    ChangePosition after();

    /** An event as it is now. */
    record OfEvent(VideoEvent event, ChangePosition after) implements Change {}

    /** An alert as it is now. */
    record OfAlert(Alert alert, ChangePosition after) implements Change {}
}
