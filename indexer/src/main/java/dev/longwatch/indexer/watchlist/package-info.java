// SPDX-License-Identifier: Apache-2.0
/**
 * What is watched, what for, and who is told, as everybody is to have it now: written by whoever governs an installation,
 * followed by the jobs.
 */
@NullMarked
package dev.longwatch.indexer.watchlist;

import org.jspecify.annotations.NullMarked;
