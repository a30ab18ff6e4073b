// SPDX-License-Identifier: Apache-2.0
/**
 * Answers questions about clips with one network, whoever asks: what has been computed for one is used for all. Clips
 * and questions in, written answers out; files and doors are the neighbours'.
 */
@NullMarked
package dev.longwatch.model.engine;

import org.jspecify.annotations.NullMarked;
