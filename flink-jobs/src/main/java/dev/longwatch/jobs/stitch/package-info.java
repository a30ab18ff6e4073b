// SPDX-License-Identifier: Apache-2.0
/**
 * Sightings of overlapping clips joined into events with a life: opened, extended across clip borders, closed. What
 * leaves is every change of an event, under one id.
 */
@NullMarked
package dev.longwatch.jobs.stitch;

import org.jspecify.annotations.NullMarked;
