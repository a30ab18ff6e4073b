// SPDX-License-Identifier: Apache-2.0
/** Runs the job as a child process of this one, on this machine, and reads what it reports. */
@NullMarked
package dev.longwatch.dashboards.local;

import org.jspecify.annotations.NullMarked;
