// SPDX-License-Identifier: Apache-2.0
/**
 * Events made of other events: A, then B within some seconds, on one stream or across several. An absence is made by
 * {@code stitch}, which knows what every clip did not show.
 */
@NullMarked
package dev.longwatch.jobs.compose;

import org.jspecify.annotations.NullMarked;
