// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.config;

import dev.longwatch.indexer.alert.Schedule.Hours;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Hours as people write them: {@code 22:00-06:00}, {@code mon-fri 08:00-18:00}, {@code sat,sun 00:00-24:00}. */
public final class WeeklyHours {

    static final String EXPECTED = "hours such as 22:00-06:00, mon-fri 08:00-18:00 or sat,sun 00:00-24:00";

    private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
    private static final Pattern HOURS = Pattern.compile(
            "(?:([a-z]{3}(?:[,-][a-z]{3})*)\\s+)?([0-9]{1,2}):([0-9]{2})\\s*-\\s*([0-9]{1,2}):([0-9]{2})");

    private WeeklyHours() {}

    static Optional<Hours> parse(String text) {
        Matcher hours = HOURS.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!hours.matches()) {
            return Optional.empty();
        }
        int from = minute(hours.group(2), hours.group(3));
        int to = minute(hours.group(4), hours.group(5));
        String named = hours.group(1);
        Optional<List<DayOfWeek>> days = named == null ? Optional.of(List.of()) : days(named);
        return from < 0 || from == 24 * 60 || to < 0 ? Optional.empty() : days.map(any -> new Hours(any, from, to));
    }

    /** As {@link #parse} reads them. */
    public static String text(Hours hours) {
        String times = clock(hours.fromMinute()) + "-" + clock(hours.toMinute());
        return hours.days().isEmpty()
                ? times
                : hours.days().stream().map(day -> DAYS.get(day.getValue() - 1)).collect(Collectors.joining(",")) + " "
                        + times;
    }

    private static String clock(int minute) {
        return String.format(Locale.ROOT, "%02d:%02d", minute / 60, minute % 60);
    }

    private static int minute(String hour, String minute) {
        int minutes = Integer.parseInt(hour) * 60 + Integer.parseInt(minute);
        return Integer.parseInt(minute) > 59 || minutes > 24 * 60 ? -1 : minutes;
    }

    private static Optional<List<DayOfWeek>> days(String named) {
        List<DayOfWeek> days = new ArrayList<>();
        for (String range : named.split(",")) {
            String[] ends = range.split("-");
            int first = DAYS.indexOf(ends[0]);
            int last = DAYS.indexOf(ends[ends.length - 1]);
            if (first < 0 || last < 0 || ends.length > 2) {
                return Optional.empty();
            }
            // fri-mon goes over the end of the week
            for (int day = first; ; day = (day + 1) % 7) {
                days.add(DayOfWeek.of(day + 1));
                if (day == last) {
                    break;
                }
            }
        }
        return Optional.of(days);
    }
}
