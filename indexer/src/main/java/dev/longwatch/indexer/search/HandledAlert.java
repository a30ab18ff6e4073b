// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import dev.longwatch.indexer.alert.Alert;
import dev.longwatch.indexer.alert.Evidence;
import dev.longwatch.indexer.alert.Handling;

/**
 * An alert with all that is kept about it.
 *
 * @param handling what people did; {@link Handling#none} when nothing
 * @param evidence what there is to see; {@link Evidence#none} when nothing was made, or not yet
 */
public record HandledAlert(Alert alert, Handling handling, Evidence evidence) {}
