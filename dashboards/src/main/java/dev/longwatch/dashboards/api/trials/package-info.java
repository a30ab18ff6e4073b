// SPDX-License-Identifier: Apache-2.0
/** Rules tried on the past, and streams before they are recorded. */
@NullMarked
package dev.longwatch.dashboards.api.trials;

import org.jspecify.annotations.NullMarked;
