// SPDX-License-Identifier: Apache-2.0
/** What was watched and what was not, as plain values: every other room may use them, and they use nothing but {@code java}. */
@NullMarked
package dev.longwatch.indexer.coverage;

import org.jspecify.annotations.NullMarked;
