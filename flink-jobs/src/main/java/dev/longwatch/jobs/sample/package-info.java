// SPDX-License-Identifier: Apache-2.0
/** Which of the decoded pictures are looked at. */
@NullMarked
package dev.longwatch.jobs.sample;

import org.jspecify.annotations.NullMarked;
