// SPDX-License-Identifier: Apache-2.0
/**
 * Sampled frames gathered into the clips the model is asked about, on a grid anchored at the video's first picture, so
 * that a replay makes the same clips.
 */
@NullMarked
package dev.longwatch.jobs.clip;

import org.jspecify.annotations.NullMarked;
