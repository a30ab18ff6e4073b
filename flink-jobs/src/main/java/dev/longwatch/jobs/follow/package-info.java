// SPDX-License-Identifier: Apache-2.0
/**
 * How the jobs that never end follow the watchlist: an enumerator reads it, deals every stream to one reader and tells all
 * readers what they are to do. What travels in checkpoints are positions: no address and no secret.
 */
@NullMarked
package dev.longwatch.jobs.follow;

import org.jspecify.annotations.NullMarked;
