// SPDX-License-Identifier: Apache-2.0
/** What was watched and what was not. */
@NullMarked
package dev.longwatch.dashboards.api.coverage;

import org.jspecify.annotations.NullMarked;
