// SPDX-License-Identifier: Apache-2.0
/**
 * The index of wordings: what events say, each wording once, with its meaning. A month of a camera is a few hundred
 * wordings and a million events, so that words and meanings are looked for among hundreds. Written by the sink before the
 * events themselves, read by the search, tidied up by whoever deletes events.
 */
@NullMarked
package dev.longwatch.indexer.wording;

import org.jspecify.annotations.NullMarked;
