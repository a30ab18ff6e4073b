// SPDX-License-Identifier: Apache-2.0
/** What is recorded and watched, and how it is. */
@NullMarked
package dev.longwatch.dashboards.api.streams;

import org.jspecify.annotations.NullMarked;
