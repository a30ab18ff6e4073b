// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.ask;

import dev.longwatch.jobs.ask.Asked.Form;
import dev.longwatch.jobs.clip.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Says in words what follows from moments, and nothing else. How sure it may be depends on where was looked: only of a whole
 * can be said how often, how long, or never.
 */
final class Composition {

    /** Longer lists are not read; all moments are told beside the words. */
    private static final int MOST_NAMED = 5;

    private final Asked asked;
    private final List<Seen> moments;
    private final boolean whole;

    private Composition(Asked asked, List<Seen> moments, boolean whole) {
        this.asked = asked;
        this.moments = moments;
        this.whole = whole;
    }

    /**
     * @param moments of the question's condition that lie as it asks, at least one
     * @param whole whether these are all there are
     */
    static Composition of(Asked asked, List<Seen> moments, boolean whole) {
        List<Seen> inOrder = moments.stream()
                .sorted(Comparator.comparingLong(Seen::startedAtMillis).thenComparing(Seen::stream))
                .toList();
        return new Composition(asked, inOrder, whole);
    }

    /** The moments that lie to {@code others} as the question asks: on the same stream, before or after its first. */
    static List<Seen> inOrder(Asked asked, List<Seen> moments, List<Seen> others) {
        if (asked.order() == null) {
            return moments;
        }
        return moments.stream()
                .filter(moment -> others.stream()
                        .filter(other -> other.stream().equals(moment.stream()))
                        .min(Comparator.comparingLong(Seen::startedAtMillis))
                        .filter(first -> asked.order() == Asked.Order.BEFORE
                                ? moment.span().endMillis() <= first.span().startMillis()
                                : moment.span().startMillis() >= first.span().endMillis())
                        .isPresent())
                .toList();
    }

    /** The answer in one sentence. */
    String sentence() {
        return switch (asked.form()) {
            case WHEN ->
                moments.size() == 1 ? "At " + list() + "." : atLeast() + times(moments.size()) + ": " + list() + ".";
            case WHETHER ->
                moments.size() == 1
                        ? "Yes: at " + list() + "."
                        : "Yes: " + atLeast().toLowerCase(Locale.ROOT) + times(moments.size()) + ", first at "
                                + named(moments.get(0)) + ".";
            case HOW_OFTEN -> capital(atLeast() + times(moments.size())) + ": " + list() + ".";
            case HOW_LONG -> capital(atLeast() + seconds()) + (moments.size() == 1 ? ": " : " in all: ") + list() + ".";
            case FIRST -> ofWhatWasLookedAt("First at ") + named(moments.get(0)) + ".";
            case LAST -> ofWhatWasLookedAt("Last at ") + named(moments.get(moments.size() - 1)) + ".";
            case WHERE -> "On " + streams() + ".";
        };
    }

    /** The moments the sentence rests on. */
    List<Seen> rests() {
        return switch (asked.form()) {
            case FIRST -> moments.subList(0, 1);
            case LAST -> moments.subList(moments.size() - 1, moments.size());
            case WHEN, WHETHER, HOW_OFTEN, HOW_LONG, WHERE -> moments;
        };
    }

    /** What is said of a whole in which it was not seen. */
    static String never(Form form) {
        return switch (form) {
            case WHETHER -> "No.";
            case HOW_OFTEN -> "Not once.";
            case WHEN, HOW_LONG, FIRST, LAST -> "Never.";
            case WHERE -> "On none.";
        };
    }

    private String atLeast() {
        return whole ? "" : "At least ";
    }

    private String ofWhatWasLookedAt(String turn) {
        return whole ? turn : "Of what was looked at, " + turn.toLowerCase(Locale.ROOT);
    }

    private static String times(int count) {
        return count == 1 ? "once" : count + " times";
    }

    private static String capital(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    private String seconds() {
        long millis =
                moments.stream().mapToLong(moment -> moment.span().millis()).sum();
        return String.format(Locale.ROOT, "%.1f s", millis / 1e3);
    }

    private String list() {
        List<String> named = new ArrayList<>(
                moments.stream().limit(MOST_NAMED).map(this::named).toList());
        if (moments.size() > MOST_NAMED) {
            named.add("and " + (moments.size() - MOST_NAMED) + " more");
        }
        return String.join(", ", named);
    }

    private String named(Seen moment) {
        boolean several = moments.stream().map(Seen::stream).distinct().count() > 1;
        return Clock.here(moment.span()) + (several ? " of " + moment.stream() : "");
    }

    private String streams() {
        Map<String, Long> counts = moments.stream()
                .collect(Collectors.groupingBy(Seen::stream, LinkedHashMap::new, Collectors.counting()));
        return counts.entrySet().stream()
                .map(stream -> stream.getKey() + " ("
                        + atLeast().toLowerCase(Locale.ROOT)
                        + times(Math.toIntExact(stream.getValue())) + ")")
                .collect(Collectors.joining(", "));
    }
}
