// SPDX-License-Identifier: Apache-2.0
/**
 * From words to token ids and back: the tokenizer of the checkpoint, the chat layout, and the pads that stand for a
 * video's visual tokens (spec section 5). What is asked, and how the answer reads, is the neighbour's.
 */
@NullMarked
package dev.longwatch.model.prompt;

import org.jspecify.annotations.NullMarked;
