// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Pattern;

/**
 * A time as somebody has written it.
 *
 * @param millis since 1970 UTC, or on the clock of a video
 * @param dated whether it was a date; else it was seconds
 */
public record TimeInput(long millis, boolean dated) {

    static final String EXPECTED = "a time such as 63.5, 00:01:03.5 or 2026-11-01T08:00:00Z, not after the year 9999";

    private static final Pattern SECONDS = Pattern.compile("(\\d{1,12}:){0,2}\\d{1,12}(\\.\\d{1,9})?");
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final long LATEST = Instant.parse("9999-12-31T23:59:59Z").toEpochMilli();

    /** @throws IllegalArgumentException when it is none */
    static TimeInput of(JsonNode value) {
        if (value.isNumber()) {
            return seconds(value.decimalValue());
        }
        if (!value.isTextual()) {
            throw new IllegalArgumentException();
        }
        String text = value.textValue();
        if (SECONDS.matcher(text).matches()) {
            BigDecimal seconds = BigDecimal.ZERO;
            for (String part : text.split(":", -1)) {
                seconds = seconds.multiply(BigDecimal.valueOf(60)).add(new BigDecimal(part));
            }
            return seconds(seconds);
        }
        try {
            Instant instant = DATE.matcher(text).matches()
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
            return bounded(
                    BigDecimal.valueOf(instant.getEpochSecond())
                            .movePointRight(3)
                            .add(BigDecimal.valueOf(instant.getNano() / 1_000_000)),
                    true);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static TimeInput seconds(BigDecimal seconds) {
        if (Math.abs((long) seconds.precision() - seconds.scale()) > 20) {
            throw new IllegalArgumentException();
        }
        return bounded(seconds.movePointRight(3).setScale(0, RoundingMode.HALF_UP), false);
    }

    private static TimeInput bounded(BigDecimal millis, boolean dated) {
        if (millis.signum() < 0 || millis.compareTo(BigDecimal.valueOf(LATEST)) > 0) {
            throw new IllegalArgumentException();
        }
        return new TimeInput(millis.longValueExact(), dated);
    }
}
