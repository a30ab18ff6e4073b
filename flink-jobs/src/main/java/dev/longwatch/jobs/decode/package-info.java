// SPDX-License-Identifier: Apache-2.0
/** Exact pictures at exact instants out of any file FFmpeg reads. Only this room and {@code record} know FFmpeg. */
@NullMarked
package dev.longwatch.jobs.decode;

import org.jspecify.annotations.NullMarked;
