// SPDX-License-Identifier: Apache-2.0
/** Contact sheets: what was found in a video, to look at instead of reading. */
@NullMarked
package dev.longwatch.jobs.sheet;

import org.jspecify.annotations.NullMarked;
