// SPDX-License-Identifier: Apache-2.0
/**
 * Asks the model about every clip and puts its answers on the video's own clock. Only this room knows the model; what
 * leaves it are sightings, one per clip and rule, and a note of every clip that was or was not watched.
 */
@NullMarked
package dev.longwatch.jobs.ground;

import org.jspecify.annotations.NullMarked;
