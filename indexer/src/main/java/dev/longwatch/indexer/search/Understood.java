// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What was understood of somebody's words, shown with the result so that they can see it and take it back.
 *
 * @param words what is left to look for; empty when only a time was asked for
 * @param clues what was read out of the text, in the order of the kinds
 * @param from on the wall clock; null for the beginning
 * @param to on the wall clock; null for now
 * @param daily the time of day; null for all day
 * @param ordinal which of several in a row, 1 for the first, -1 for the last; 0 for all
 * @param without each of these must not be in what was seen, unless that denies it itself; a list holds words that
 *     belong together
 */
public record Understood(
        String words,
        List<Clue> clues,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable DailySpan daily,
        int ordinal,
        List<List<String>> without) {

    /** Which kind of thing was understood. */
    public enum Kind {
        TIME,
        ORDER,
        WITHOUT
    }

    /**
     * One thing that was understood.
     *
     * @param kind of thing
     * @param said the stretch of the person's text
     * @param meant what it was taken for
     */
    public record Clue(Kind kind, String said, String meant) {}

    private static final Pattern ORDER = Pattern.compile(
            "\\b(?:for )?the (?:very )?(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth"
                    + "|\\d{1,3}(?:st|nd|rd|th)|last|latest|most recent)"
                    + " (?:time|occasion|occurrence|sighting)(?: that| when| of)?\\b",
            Pattern.CASE_INSENSITIVE);

    private static final List<String> ORDINALS =
            List.of("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth");

    public Understood {
        clues = List.copyOf(clues);
        without = List.copyOf(without);
    }

    /** Nothing but the words. */
    static Understood literally(String text) {
        return new Understood(text.strip(), List.of(), null, null, null, 0, List.of());
    }

    static Understood of(SearchRequest request) {
        if (request.literally()) {
            return literally(request.text());
        }
        List<Clue> clues = new ArrayList<>();
        TimeWords time = TimeWords.in(request.text(), request.asked());
        clues.addAll(time.clues());
        String rest = time.rest();

        int ordinal = 0;
        Matcher order = ORDER.matcher(rest);
        if (order.find()) {
            ordinal = ordinal(order.group(1).toLowerCase(Locale.ROOT));
            clues.add(new Clue(Kind.ORDER, order.group().strip(), meant(ordinal)));
            rest = rest.substring(0, order.start()) + " " + rest.substring(order.end());
        }
        Negations negations = Negations.in(rest);
        negations.clues().forEach(clues::add);
        rest = negations.rest();
        return new Understood(
                rest.strip().replaceAll("\\s+", " "),
                clues,
                time.from(),
                time.to(),
                time.daily(),
                ordinal,
                negations.without());
    }

    private static int ordinal(String word) {
        if (Character.isDigit(word.charAt(0))) {
            return Integer.parseInt(word.replaceAll("\\D", ""));
        }
        int place = ORDINALS.indexOf(word);
        return place < 0 ? -1 : place + 1;
    }

    private static String meant(int ordinal) {
        return ordinal < 0 ? "the last of each stream" : "number " + ordinal + " of each stream";
    }
}
