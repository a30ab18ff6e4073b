// SPDX-License-Identifier: Apache-2.0
/** Watched files and recordings, in the parts a player asks for. Takes no path from anybody. */
@NullMarked
package dev.longwatch.dashboards.api.media;

import org.jspecify.annotations.NullMarked;
