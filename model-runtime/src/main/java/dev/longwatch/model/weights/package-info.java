// SPDX-License-Identifier: Apache-2.0
/**
 * A checkpoint directory as published: safetensors headers, shards and names. Says where each tensor lies and refuses a
 * directory that cannot be right; reads no tensor itself, that is the neighbour {@code network}'s work.
 */
@NullMarked
package dev.longwatch.model.weights;

import org.jspecify.annotations.NullMarked;
