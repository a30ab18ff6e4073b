// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What somebody does not want to see: "without a helmet", "a car but no truck", "not wearing a vest". Similarity cannot
 * tell "with" from "without", so this is decided by words.
 *
 * @param rest the text without the stretches that deny something
 * @param clues what was understood
 * @param without the words of each such stretch
 */
record Negations(String rest, List<Understood.Clue> clues, List<List<String>> without) {

    private static final Pattern DENIED = Pattern.compile(
            "(?:\\b(?:but|and|with|who has|that has|has|is|are|does|do)\\s+)?"
                    + "(?:\\bwithout\\b(?: any)?|\\bno\\b(?! one\\b)|\\bnot\\b(?: (?:with|at|in|on|near))?|\\b(?:is|are|does|do|has)n['’]t\\b)"
                    + "((?:\\s+(?!(?:" + Negations.END + ")\\b)[\\p{L}\\p{N}-]+){1,5})",
            Pattern.CASE_INSENSITIVE);

    private static final String END = "and|or|but|in|at|on|near|by|with|while|when|who|that|which|beside|behind"
            + "|before|after|around|from|to|into|through|under|over|without|no|not";

    private static final Set<String> DENYING = Set.of("no", "not", "without", "never", "nor", "lacking", "missing");

    /** How many words after "without" or "no" it still denies. */
    private static final int REACH = 4;

    static Negations in(String text) {
        List<Understood.Clue> clues = new ArrayList<>();
        List<List<String>> without = new ArrayList<>();
        StringBuilder rest = new StringBuilder();
        Matcher denied = DENIED.matcher(text);
        int done = 0;
        while (denied.find()) {
            List<String> words = WordQuery.wordsOrNone(denied.group(1));
            if (words.isEmpty()) {
                continue;
            }
            without.add(words);
            clues.add(new Understood.Clue(
                    Understood.Kind.WITHOUT, denied.group().strip(), "not " + String.join(" ", words)));
            rest.append(text, done, denied.start()).append(' ');
            done = denied.end();
        }
        return new Negations(rest.append(text.substring(done)).toString(), clues, List.copyOf(without));
    }

    /** Whether a text shows something that is not wanted: all words of one stretch, none of them denied in the text. */
    static boolean shows(List<List<String>> without, String text) {
        List<String> tokens = WordQuery.tokens(text.toLowerCase(Locale.ROOT));
        return without.stream().anyMatch(words -> words.stream().allMatch(word -> affirmed(word, tokens)));
    }

    private static boolean affirmed(String word, List<String> tokens) {
        for (int i = 0; i < tokens.size(); i++) {
            if (WordForms.same(word, tokens.get(i))
                    && tokens.subList(Math.max(0, i - REACH), i).stream().noneMatch(DENYING::contains)) {
                return true;
            }
        }
        return false;
    }

    /** How somebody would say what is denied, so that a text that says so too is found first. */
    static String said(List<List<String>> without) {
        return without.stream()
                .map(words -> "without " + String.join(" ", words))
                .collect(Collectors.joining(" "));
    }
}
