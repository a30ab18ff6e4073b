// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

import org.jspecify.annotations.Nullable;

/**
 * What a recorder's thread hands to its reader.
 *
 * @param update null when only the position is new
 * @param known behind the line of the index that was told; null when none was
 */
record Told(String stream, @Nullable StreamUpdate update, @Nullable IndexPosition known) {}
