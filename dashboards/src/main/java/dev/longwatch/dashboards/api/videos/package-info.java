// SPDX-License-Identifier: Apache-2.0
/** What was watched, by name. */
@NullMarked
package dev.longwatch.dashboards.api.videos;

import org.jspecify.annotations.NullMarked;
