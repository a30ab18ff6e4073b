// SPDX-License-Identifier: Apache-2.0
/** Whether this machine can do what jobs need: read a video, run a model. */
@NullMarked
package dev.longwatch.jobs.check;

import org.jspecify.annotations.NullMarked;
