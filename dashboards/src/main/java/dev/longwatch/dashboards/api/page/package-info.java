// SPDX-License-Identifier: Apache-2.0
/** The page for people, as files: it asks the API like anybody else. */
@NullMarked
package dev.longwatch.dashboards.api.page;

import org.jspecify.annotations.NullMarked;
