// SPDX-License-Identifier: Apache-2.0
/** What is kept that may answer a question. */
@NullMarked
package dev.longwatch.dashboards.ask;

import org.jspecify.annotations.NullMarked;
