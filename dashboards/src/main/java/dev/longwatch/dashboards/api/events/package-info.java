// SPDX-License-Identifier: Apache-2.0
/** Events: lists, single ones, and the stream of news. */
@NullMarked
package dev.longwatch.dashboards.api.events;

import org.jspecify.annotations.NullMarked;
