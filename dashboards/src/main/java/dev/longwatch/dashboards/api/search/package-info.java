// SPDX-License-Identifier: Apache-2.0
/** Moments by words. */
@NullMarked
package dev.longwatch.dashboards.api.search;

import org.jspecify.annotations.NullMarked;
