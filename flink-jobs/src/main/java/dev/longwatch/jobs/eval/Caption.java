// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.eval;

import dev.longwatch.indexer.event.TimeSpan;

/**
 * Something that happens, in words.
 *
 * @param text the annotator's or the model's words
 */
public record Caption(TimeSpan span, String text) {}
