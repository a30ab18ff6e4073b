// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.http;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * An instant as it is answered, always in both ways.
 *
 * @param iso on the wall clock, ISO-8601 in UTC
 * @param seconds on the video's own clock where it is a moment of a video, else since 1970 UTC
 */
public record ClockTime(String iso, BigDecimal seconds) {

    /** @param millis since 1970 UTC */
    public static ClockTime wall(long millis) {
        return onVideo(0, millis);
    }

    /**
     * @param recordedAtMillis wall clock of the video's beginning, since 1970 UTC
     * @param millis since the video's beginning
     */
    public static ClockTime onVideo(long recordedAtMillis, long millis) {
        return new ClockTime(Instant.ofEpochMilli(recordedAtMillis + millis).toString(), seconds(millis));
    }

    /** Milliseconds as seconds, exactly. */
    public static BigDecimal seconds(long millis) {
        return BigDecimal.valueOf(millis, 3).stripTrailingZeros();
    }
}
