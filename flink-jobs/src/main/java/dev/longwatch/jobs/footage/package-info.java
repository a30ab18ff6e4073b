// SPDX-License-Identifier: Apache-2.0
/**
 * What was filmed, to be looked at again: where the pictures of a stretch lie, be it in one file or in the segments of a
 * recording, and stills of them. Which stretches, others decide.
 */
@NullMarked
package dev.longwatch.jobs.footage;

import org.jspecify.annotations.NullMarked;
