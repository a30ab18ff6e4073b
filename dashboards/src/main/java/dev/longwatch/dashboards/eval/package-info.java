// SPDX-License-Identifier: Apache-2.0
/** An evaluation's result as a person reads it: a table, a picture, files. The figures are worked out by the job. */
@NullMarked
package dev.longwatch.dashboards.eval;

import org.jspecify.annotations.NullMarked;
