// SPDX-License-Identifier: Apache-2.0
/** Questions about what was watched, and summaries of it. */
@NullMarked
package dev.longwatch.dashboards.api.questions;

import org.jspecify.annotations.NullMarked;
