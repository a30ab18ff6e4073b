// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.eval;

import org.jspecify.annotations.Nullable;

/**
 * A figure with the interval in which it lies in 95 of 100 draws of the videos.
 *
 * @param value null when there is nothing to measure it on
 * @param low null when there are fewer than two videos to draw from
 * @param high null when there are fewer than two videos to draw from
 * @param of how many things it rests on
 */
public record Estimate(@Nullable Double value, @Nullable Double low, @Nullable Double high, long of) {}
