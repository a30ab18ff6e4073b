// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.config;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as people write them: {@code 10s}, {@code 5 min}, {@code 1h30m}, {@code 1.5 h}, {@code PT10S}. */
public final class Durations {

    public static final String EXPECTED = "a length of time such as 10s, 5 min, 2h, 30d or PT10S";

    private static final Map<String, Long> MILLIS = Map.ofEntries(
            Map.entry("ms", 1L),
            Map.entry("s", 1_000L),
            Map.entry("sec", 1_000L),
            Map.entry("second", 1_000L),
            Map.entry("seconds", 1_000L),
            Map.entry("m", 60_000L),
            Map.entry("min", 60_000L),
            Map.entry("minute", 60_000L),
            Map.entry("minutes", 60_000L),
            Map.entry("h", 3_600_000L),
            Map.entry("hour", 3_600_000L),
            Map.entry("hours", 3_600_000L),
            Map.entry("d", 86_400_000L),
            Map.entry("day", 86_400_000L),
            Map.entry("days", 86_400_000L),
            Map.entry("w", 604_800_000L),
            Map.entry("week", 604_800_000L),
            Map.entry("weeks", 604_800_000L));

    private static final Pattern PART = Pattern.compile("\\G\\s*([0-9]{1,9}(?:\\.[0-9]{1,6})?)\\s*([a-z]+)\\s*");

    private Durations() {}

    /** Nothing when it is none, or negative. */
    public static Optional<Duration> parse(String text) {
        String words = text.strip().toLowerCase(Locale.ROOT);
        if (words.equals("0")) {
            return Optional.of(Duration.ZERO);
        }
        return words.startsWith("p") ? iso(words) : parts(words);
    }

    private static Optional<Duration> iso(String words) {
        try {
            return Optional.of(Duration.parse(words)).filter(duration -> !duration.isNegative());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> parts(String words) {
        Matcher part = PART.matcher(words);
        double millis = 0;
        int end = 0;
        while (part.find()) {
            Long unit = MILLIS.get(part.group(2));
            if (unit == null) {
                return Optional.empty();
            }
            millis += Double.parseDouble(part.group(1)) * unit;
            end = part.end();
        }
        return end == 0 || end < words.length() ? Optional.empty() : Optional.of(Duration.ofMillis(Math.round(millis)));
    }
}
