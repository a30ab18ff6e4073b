// SPDX-License-Identifier: Apache-2.0
/** What happened and when, as plain values: every other room may use them, and they use nothing but {@code java}. */
@NullMarked
package dev.longwatch.indexer.event;

import org.jspecify.annotations.NullMarked;
