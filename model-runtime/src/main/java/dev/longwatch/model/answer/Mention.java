// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.answer;

/**
 * A span as the model wrote it: it may end before it starts or lie beyond the clip.
 *
 * @param start in seconds, not negative; NaN when what stands there is no time
 * @param end in seconds, not negative; NaN when what stands there is no time
 * @param description in the model's words; empty when it gave none
 */
record Mention(double start, double end, String description) {}
