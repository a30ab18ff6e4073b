// SPDX-License-Identifier: Apache-2.0
/** Videos that somebody sends, to be watched. */
@NullMarked
package dev.longwatch.dashboards.api.uploads;

import org.jspecify.annotations.NullMarked;
