// SPDX-License-Identifier: Apache-2.0
/**
 * The way to an Elasticsearch, local or not: where it is, whether it answers, and the official client opened on it. What
 * is asked of it belongs to {@code schema}, {@code sink} and {@code search}.
 */
@NullMarked
package dev.longwatch.indexer.client;

import org.jspecify.annotations.NullMarked;
