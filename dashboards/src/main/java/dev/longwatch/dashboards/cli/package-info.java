// SPDX-License-Identifier: Apache-2.0
/** The command line: one class a command, one sentence a problem, one number an outcome. */
@NullMarked
package dev.longwatch.dashboards.cli;

import org.jspecify.annotations.NullMarked;
