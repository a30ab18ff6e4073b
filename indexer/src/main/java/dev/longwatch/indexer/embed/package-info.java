// SPDX-License-Identifier: Apache-2.0
/**
 * What a sentence means, as a vector: sentences that mean much the same lie close together. Computed in this process, on
 * its processor, by a small model whose weights come with the build; nothing is fetched and nothing leaves the machine.
 * The same text has the same vector always and everywhere, since the sink computes what a search compares with.
 */
@NullMarked
package dev.longwatch.indexer.embed;

import org.jspecify.annotations.NullMarked;
