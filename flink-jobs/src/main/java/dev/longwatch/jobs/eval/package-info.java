// SPDX-License-Identifier: Apache-2.0
/**
 * Measures a model against videos whose moments are known. Labels in, the same pass and the same questions as a watched
 * video, answers and figures out.
 */
@NullMarked
package dev.longwatch.jobs.eval;

import org.jspecify.annotations.NullMarked;
