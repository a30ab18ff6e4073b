// SPDX-License-Identifier: Apache-2.0
/**
 * Governs an installation: joins {@code longwatch.yaml} with what the index keeps, writes the watchlist that the jobs
 * follow, keeps passwords apart, and knows how every stream is. What is read and refused is {@code config}'s; processes are
 * {@code local}'s; what a person sees is {@code cli}'s.
 */
@NullMarked
package dev.longwatch.dashboards.govern;

import org.jspecify.annotations.NullMarked;
