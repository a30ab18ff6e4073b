// SPDX-License-Identifier: Apache-2.0
/**
 * Finding moments again: by words, stream, rule, time and confidence; counting and deleting them. A person's words are
 * words here, never a query language. What comes back are events, each with the place in its text that matched. Beside
 * them the desk at which people deal with alerts.
 */
@NullMarked
package dev.longwatch.indexer.search;

import org.jspecify.annotations.NullMarked;
