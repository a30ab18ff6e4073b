// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

/**
 * A stream's condition changed.
 *
 * @param stream its name
 * @param condition what it is now
 * @param sentence the same for a person, without secrets
 * @param sinceMillis wall clock, milliseconds since 1970 UTC
 */
public record StreamState(String stream, Condition condition, String sentence, long sinceMillis) {}
