// SPDX-License-Identifier: Apache-2.0
/**
 * Videos become splits, and splits become clips: a Flink source. What it keeps in checkpoints is positions, never pictures,
 * and a replay from a position makes the same clips. A video that cannot be read is a clip that says so. There are two doors:
 * {@code VideoSource} for what is there, {@code LiveSource} for streams that go on while the watchlist changes.
 */
@NullMarked
package dev.longwatch.jobs.source;

import org.jspecify.annotations.NullMarked;
