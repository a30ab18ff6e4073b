// SPDX-License-Identifier: Apache-2.0
/**
 * Answers a question about what was watched: from what is kept where that settles it, else by looking at the footage again.
 * A question and moments in; an answer in words, or why there is none, with the seconds it rests on.
 */
@NullMarked
package dev.longwatch.jobs.ask;

import org.jspecify.annotations.NullMarked;
