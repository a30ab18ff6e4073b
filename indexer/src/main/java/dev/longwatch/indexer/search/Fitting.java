// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import dev.longwatch.indexer.embed.Embedder;
import dev.longwatch.indexer.event.Wording;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a wording word by word: which words of the question it has, which it says in another way, which it lacks. A
 * sentence's vector alone takes a giraffe that crosses the street for a bear that does.
 */
final class Fitting {

    /** Measured on pairs of words: canine and dog 0.92, luggage and suitcase 0.78; truck and car 0.65, fox and dog 0.44. */
    private static final double ALIKE = 0.7;

    /** By the thesaurus; less than the word itself. */
    private static final double SAME_MEANING = 0.9;

    private static final int LONG_WORD = 5;
    private static final int LONGEST_WORD = 9;

    private final List<String> asked;
    private final @Nullable Embedder embedder;

    /** Of each word of the question, how near it is to the words of wordings that were looked at: they share most. */
    private final Map<String, Map<String, Near>> nearness = new HashMap<>();

    /** @param embedder null to look at the words' forms only */
    Fitting(List<String> asked, @Nullable Embedder embedder) {
        this.asked = asked;
        this.embedder = embedder;
    }

    /** A word of a wording, and how near it is to one of the question. */
    private record Near(String token, double nearness) {}

    Fit of(Wording wording, double likeness) {
        List<String> tokens = WordQuery.tokens(wording.text() + " " + wording.rule()).stream()
                .filter(WordQuery::isIndexed)
                .distinct()
                .toList();
        List<String> words = new ArrayList<>();
        List<Why.Alike> alike = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        double nearness = 0;
        for (String word : asked) {
            Near nearest = nearest(word, tokens);
            nearness += nearest.nearness();
            if (nearest.nearness() == 1) {
                words.add(word);
            } else if (nearest.nearness() >= ALIKE) {
                alike.add(new Why.Alike(word, nearest.token()));
            } else {
                missing.add(word);
            }
        }
        return new Fit(
                new Why(words, alike, missing, likeness), likeness + (asked.isEmpty() ? 0 : nearness / asked.size()));
    }

    /** Words that name a thing which none of the wordings shows: then nothing is what was asked for. */
    static boolean askForWhatIsNowhere(List<String> asked, List<Why> found) {
        return asked.stream().filter(Thesaurus.shared()::isThing).anyMatch(thing -> found.stream()
                .allMatch(why -> why.missing().contains(thing)));
    }

    /** Where a text has the words of the question, in some form. */
    List<Moment.Mark> marks(String text) {
        List<Moment.Mark> marks = new ArrayList<>();
        WordQuery.places(text, (token, place) -> {
            if (asked.stream().anyMatch(word -> near(word, token).nearness() == 1)) {
                marks.add(place);
            }
        });
        return marks;
    }

    private Near nearest(String word, List<String> tokens) {
        Near nearest = new Near("", 0);
        for (String token : tokens) {
            Near near = near(word, token);
            if (near.nearness() > nearest.nearness()) {
                nearest = near;
            }
        }
        return nearest;
    }

    private Near near(String word, String token) {
        return nearness.computeIfAbsent(word, asking -> new HashMap<>())
                .computeIfAbsent(token, other -> new Near(other, nearness(word, other)));
    }

    private double nearness(String word, String token) {
        if (WordForms.same(word, token) || misspelt(word, token)) {
            return 1;
        }
        if (embedder == null) {
            return 0;
        }
        if (Thesaurus.shared().means(word, token)) {
            return SAME_MEANING;
        }
        // below a form of the word itself
        return Math.min(Embedder.likeness(embedder.embed(word), embedder.embed(token)), SAME_MEANING);
    }

    /** As the server's own fuzziness: one letter from five on, two from nine, never the first. */
    private static boolean misspelt(String word, String token) {
        if (word.length() < LONG_WORD || token.isEmpty() || word.charAt(0) != token.charAt(0)) {
            return false;
        }
        int most = word.length() < LONGEST_WORD ? 1 : 2;
        return Math.abs(word.length() - token.length()) <= most && distance(word, token) <= most;
    }

    /** Letters to add, drop, replace or swap with their neighbour. */
    private static int distance(String one, String other) {
        int[] before = new int[other.length() + 1];
        int[] last = new int[other.length() + 1];
        int[] now = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            now[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = last[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                now[j] = Math.min(replaced, Math.min(last[j], now[j - 1]) + 1);
                boolean swapped = i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1);
                if (swapped) {
                    now[j] = Math.min(now[j], before[j - 2] + 1);
                }
            }
            int[] oldest = before;
            before = last;
            last = now;
            now = oldest;
        }
        return last[other.length()];
    }
}
