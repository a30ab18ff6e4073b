// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.govern;

/**
 * How a stream is, as the jobs said last.
 *
 * @param state the recorder's word, lower case
 * @param sentence the same for a person
 * @param sinceMillis since when; this and the following are milliseconds since 1970 UTC, 0 when not known
 * @param recordedUntilMillis up to when it is recorded
 * @param watchedUntilMillis up to when it was looked at
 */
public record StreamCondition(
        String state, String sentence, long sinceMillis, long recordedUntilMillis, long watchedUntilMillis) {

    /** Nobody has said anything yet. */
    public static final StreamCondition UNKNOWN = new StreamCondition("unknown", "", 0, 0, 0);

    StreamCondition inState(String other, String words, long since) {
        return new StreamCondition(other, words, since, recordedUntilMillis, watchedUntilMillis);
    }

    StreamCondition recordedUntil(long millis) {
        return new StreamCondition(
                state, sentence, sinceMillis, Math.max(recordedUntilMillis, millis), watchedUntilMillis);
    }

    StreamCondition watchedUntil(long millis) {
        return new StreamCondition(
                state, sentence, sinceMillis, recordedUntilMillis, Math.max(watchedUntilMillis, millis));
    }

    /** Whether pictures arrive and are kept. */
    public boolean recording() {
        return state.equals("recording");
    }

    /** Whether it is known how far watching is behind recording. */
    public boolean knowsLag() {
        return watchedUntilMillis != 0 && recordedUntilMillis != 0;
    }

    /** How far watching is behind recording, milliseconds; 0 unless there is something of both. */
    public long lagMillis() {
        return knowsLag() ? Math.max(0, recordedUntilMillis - watchedUntilMillis) : 0;
    }
}
