// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The times that somebody plainly means: "between 2 and 3 pm", "yesterday evening", "in the last two hours". A number
 * alone is no time, nor is a word that may mean something else.
 *
 * @param rest the text without them
 * @param clues what was understood
 * @param from on the wall clock; null for the beginning
 * @param to on the wall clock; null for now
 * @param daily the time of day when no day was said; null for all day
 */
record TimeWords(
        String rest,
        List<Understood.Clue> clues,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable DailySpan daily) {

    private static final String HALF = "(?:a\\.?m\\.?|p\\.?m\\.?)";
    private static final String BARE = "\\d{1,2}(?::\\d{2})?";
    private static final String CLOCK = "(?:\\d{1,2}(?::\\d{2})?\\s*" + HALF + "|\\d{1,2}:\\d{2}|noon|midnight)";

    private static final Pattern RANGE = pattern("(?:between|from)\\s+(" + BARE + "|" + CLOCK + "|" + BARE + "\\s*"
            + HALF + ")\\s*(?:and|to|until|till|-|–)\\s*(" + CLOCK + ")");
    private static final Pattern AFTER = pattern("(?:after|since)\\s+(" + CLOCK + ")");
    private static final Pattern BEFORE = pattern("(?:before|until)\\s+(" + CLOCK + ")");
    private static final Pattern AT = pattern("(?:at|around|about)\\s+(" + CLOCK + ")");
    private static final Pattern PART = pattern("(?:in the|during the|every|at)\\s+(morning|afternoon|evening|night)");
    private static final Pattern OF_A_DAY =
            pattern("(this|yesterday|last|today)\\s+(morning|afternoon|evening|night)|(tonight)");
    private static final Pattern DAY = pattern("(today|yesterday)");
    private static final Pattern WEEKDAY =
            pattern("(?:on|last)\\s+(monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
                    + "(?:\\s+(morning|afternoon|evening|night))?");
    private static final Pattern LATELY = pattern("(?:in|within|during)\\s+the\\s+(?:last|past)\\s+"
            + "(\\d{1,4}|a|an|one|two|three|four|five|six|ten|few)?\\s*(minute|hour|day|week)s?");

    private static final List<String> NUMBERS = List.of("zero", "one", "two", "three", "four", "five", "six");

    /** "At 3 pm" is this much before it and after. */
    private static final Duration ABOUT = Duration.ofMinutes(15);

    /** A part of the day by the clock; the night goes over midnight. */
    private enum Part {
        MORNING(5, 12),
        AFTERNOON(12, 18),
        EVENING(18, 22),
        NIGHT(22, 5);

        final LocalTime from;
        final LocalTime to;

        Part(int fromHour, int toHour) {
            this.from = LocalTime.of(fromHour, 0);
            this.to = LocalTime.of(toHour, 0);
        }

        static Part of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /** Reads a text from one kind of phrase to the next; each kind counts once. */
    private static final class Reading {

        private final ZonedDateTime asked;
        private final List<Understood.Clue> clues = new ArrayList<>();
        private String rest;
        private @Nullable LocalDate day;
        private @Nullable LocalTime begin;
        private @Nullable LocalTime end;
        private @Nullable Instant from;
        private @Nullable Instant to;

        Reading(String text, ZonedDateTime asked) {
            this.rest = text;
            this.asked = asked;
        }

        void read() {
            lately();
            ofADay();
            weekday();
            day();
            if (!range()) {
                one(AFTER, time -> times(time, LocalTime.MAX));
                one(BEFORE, time -> times(LocalTime.MIN, time));
                if (begin == null && end == null) {
                    one(AT, time -> times(time.minus(ABOUT), time.plus(ABOUT)));
                }
            }
            if (begin == null && end == null) {
                part();
            }
        }

        private void lately() {
            Matcher found = LATELY.matcher(rest);
            if (found.find()) {
                long many = number(found.group(1));
                Duration unit =
                        switch (found.group(2).toLowerCase(Locale.ROOT)) {
                            case "minute" -> Duration.ofMinutes(1);
                            case "hour" -> Duration.ofHours(1);
                            case "day" -> Duration.ofDays(1);
                            default -> Duration.ofDays(7);
                        };
                from = asked.toInstant().minus(unit.multipliedBy(many));
                to = asked.toInstant();
                take(found);
            }
        }

        private void ofADay() {
            Matcher found = OF_A_DAY.matcher(rest);
            if (found.find()) {
                String when = found.group(3) == null ? found.group(1).toLowerCase(Locale.ROOT) : "tonight";
                Part part = found.group(3) == null ? Part.of(found.group(2)) : Part.NIGHT;
                if (when.equals("last") && part != Part.NIGHT) {
                    return;
                }
                LocalDate today = asked.toLocalDate();
                boolean before = when.equals("yesterday") || when.equals("last");
                day = before ? today.minusDays(1) : today;
                times(when.equals("tonight") ? Part.EVENING.from : part.from, part.to);
                take(found);
            }
        }

        private void weekday() {
            Matcher found = WEEKDAY.matcher(rest);
            if (day == null && found.find()) {
                DayOfWeek weekday = DayOfWeek.valueOf(found.group(1).toUpperCase(Locale.ROOT));
                day = asked.toLocalDate().with(TemporalAdjusters.previous(weekday));
                if (found.group(2) != null) {
                    Part part = Part.of(found.group(2));
                    times(part.from, part.to);
                }
                take(found);
            }
        }

        private void day() {
            Matcher found = DAY.matcher(rest);
            if (day == null && found.find()) {
                LocalDate today = asked.toLocalDate();
                day = found.group(1).equalsIgnoreCase("today") ? today : today.minusDays(1);
                take(found);
            }
        }

        private boolean range() {
            Matcher found = RANGE.matcher(rest);
            if (!found.find()) {
                return false;
            }
            LocalTime until = clock(found.group(2), "");
            // "2 and 3 pm" are both in the afternoon, "11 and 2 pm" are not
            String half = half(found.group(2));
            LocalTime since = clock(found.group(1), half);
            if (since != null
                    && until != null
                    && since.isAfter(until)
                    && half(found.group(1)).isEmpty()) {
                since = clock(found.group(1), half.equals("p") ? "a" : "");
            }
            if (since == null || until == null) {
                return false;
            }
            times(since, until);
            take(found);
            return true;
        }

        private void part() {
            Matcher found = PART.matcher(rest);
            if (found.find()) {
                Part part = Part.of(found.group(1));
                times(part.from, part.to);
                take(found);
            }
        }

        /** What a time on the clock stands for. */
        private interface Bounds {
            void of(LocalTime time);
        }

        private void one(Pattern pattern, Bounds bounds) {
            Matcher found = pattern.matcher(rest);
            if (found.find()) {
                LocalTime time = clock(found.group(1), "");
                if (time != null) {
                    bounds.of(time);
                    take(found);
                }
            }
        }

        private void times(LocalTime since, LocalTime until) {
            begin = begin == null || begin.equals(LocalTime.MIN) ? since : begin;
            end = end == null || end.equals(LocalTime.MAX) ? until : end;
        }

        private void take(Matcher found) {
            clues.add(new Understood.Clue(Understood.Kind.TIME, found.group().strip(), ""));
            rest = rest.substring(0, found.start()) + " " + rest.substring(found.end());
        }

        TimeWords result() {
            ZoneId zone = asked.getZone();
            DailySpan daily = null;
            LocalDate of = day;
            LocalTime since = begin;
            LocalTime until = end;
            if (of != null) {
                LocalTime first = since == null ? LocalTime.MIN : since;
                LocalTime last = until == null ? LocalTime.MAX : until;
                LocalDate next = last.isAfter(first) ? of : of.plusDays(1);
                from = of.atTime(first).atZone(zone).toInstant();
                to = next.atTime(last).atZone(zone).toInstant();
            } else if (since != null && until != null) {
                daily = DailySpan.of(since, until, asked.getOffset());
            }
            String meant = meant(daily);
            List<Understood.Clue> explained = clues.stream()
                    .map(clue -> new Understood.Clue(clue.kind(), clue.said(), meant))
                    .toList();
            return new TimeWords(rest, explained, from, to, daily);
        }

        private String meant(@Nullable DailySpan daily) {
            if (daily != null) {
                return "every day from " + begin + " to " + end + " (" + asked.getZone() + ")";
            }
            return from + " to " + to;
        }
    }

    static TimeWords in(String text, ZonedDateTime asked) {
        Reading reading = new Reading(text, asked);
        reading.read();
        return reading.result();
    }

    private static @Nullable LocalTime clock(String said, String halfOtherwise) {
        String words = said.strip().toLowerCase(Locale.ROOT);
        if (words.equals("noon")) {
            return LocalTime.NOON;
        }
        if (words.equals("midnight")) {
            return LocalTime.MIDNIGHT;
        }
        String half = half(words).isEmpty() ? halfOtherwise : half(words);
        String[] digits = words.replaceAll("[^\\d:]", "").split(":");
        int hour = Integer.parseInt(digits[0]);
        int minute = digits.length > 1 ? Integer.parseInt(digits[1]) : 0;
        if (!half.isEmpty() && (hour < 1 || hour > 12)) {
            return null;
        }
        int shift = half.equals("p") && hour < 12 ? 12 : half.equals("a") && hour == 12 ? -12 : 0;
        try {
            return LocalTime.of(hour + shift, minute);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** "a" or "p"; empty when it is not said. */
    private static String half(String said) {
        String words = said.strip().toLowerCase(Locale.ROOT);
        if (words.equals("noon") || words.equals("midnight")) {
            return "";
        }
        return words.contains("a") ? "a" : words.contains("p") ? "p" : "";
    }

    private static long number(@Nullable String word) {
        if (word == null) {
            return 1;
        }
        String lower = word.toLowerCase(Locale.ROOT);
        if (Character.isDigit(lower.charAt(0))) {
            return Long.parseLong(lower);
        }
        int known = NUMBERS.indexOf(lower);
        return known >= 0 ? known : lower.equals("ten") ? 10 : lower.equals("few") ? 3 : 1;
    }

    private static Pattern pattern(String expression) {
        return Pattern.compile("\\b" + expression + "(?![\\p{L}\\p{N}])", Pattern.CASE_INSENSITIVE);
    }
}
