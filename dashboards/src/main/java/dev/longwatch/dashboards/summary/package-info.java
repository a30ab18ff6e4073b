// SPDX-License-Identifier: Apache-2.0
/**
 * What happened on a stream, on one page: chapters, counts, quiet and what nobody watched, from what is kept and nothing else.
 * Each sentence carries the seconds it rests on.
 */
@NullMarked
package dev.longwatch.dashboards.summary;

import org.jspecify.annotations.NullMarked;
