// SPDX-License-Identifier: Apache-2.0
/**
 * How a question is put, what form its answer has, and how an answer is read (spec section 6). Moments in seconds of the
 * clip leave it; token ids are the neighbours'.
 */
@NullMarked
package dev.longwatch.model.answer;

import org.jspecify.annotations.NullMarked;
