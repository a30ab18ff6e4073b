// SPDX-License-Identifier: Apache-2.0
/**
 * The Qwen-VL network: vision tower and decoder, with the integer arithmetic that says which patch attends to which and
 * where each token stands (spec sections 2 and 3). Token ids and patch rows in, logits out; text and answers are the
 * neighbours'.
 */
@NullMarked
package dev.longwatch.model.network;

import org.jspecify.annotations.NullMarked;
