// SPDX-License-Identifier: Apache-2.0
/**
 * How events lie in Elasticsearch: names of indices, templates with their mappings, and the one translation between each
 * value and its document. Writing is for {@code sink}, reading for
 * {@code search}.
 */
@NullMarked
package dev.longwatch.indexer.schema;

import org.jspecify.annotations.NullMarked;
