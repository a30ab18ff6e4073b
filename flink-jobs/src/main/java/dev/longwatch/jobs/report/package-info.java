// SPDX-License-Identifier: Apache-2.0
/**
 * What the job tells whoever started it: one JSON object a line on standard output, for every clip, event and the end.
 * The command line reads them; on a cluster they stand in the TaskManager's output file.
 */
@NullMarked
package dev.longwatch.jobs.report;

import org.jspecify.annotations.NullMarked;
