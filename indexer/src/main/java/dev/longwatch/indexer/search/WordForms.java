// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Other forms of an English word, so that "falling cars" finds "a car falls". A handful of spelling rules: the embedded
 * server has no stemmer. A form that is no word finds nothing and does no harm.
 */
final class WordForms {

    private static final List<Set<String>> IRREGULAR = List.of(
            Set.of("person", "persons", "people"),
            Set.of("man", "men"),
            Set.of("woman", "women"),
            Set.of("child", "children"),
            Set.of("foot", "feet"),
            Set.of("knife", "knives"),
            Set.of("fall", "falls", "falling", "fell", "fallen"),
            Set.of("run", "runs", "running", "ran"),
            Set.of("leave", "leaves", "leaving", "left"),
            Set.of("steal", "steals", "stealing", "stole", "stolen"),
            Set.of("break", "breaks", "breaking", "broke", "broken"),
            Set.of("lie", "lies", "lying", "lay"));

    private WordForms() {}

    /** @param word in lower case; @return its other forms, without the word itself */
    static Set<String> of(String word) {
        Set<String> forms = new LinkedHashSet<>();
        IRREGULAR.stream().filter(group -> group.contains(word)).forEach(forms::addAll);
        if (forms.isEmpty() && word.length() >= 3 && word.chars().allMatch(c -> c >= 'a' && c <= 'z')) {
            for (String base : bases(word)) {
                forms.add(base);
                inflect(base, forms);
            }
        }
        forms.remove(word);
        return forms;
    }

    /** Whether two words in lower case are forms of one. */
    static boolean same(String one, String other) {
        return one.equals(other) || of(one).contains(other) || of(other).contains(one);
    }

    /** What the word may be a form of, itself included. */
    private static Set<String> bases(String word) {
        Set<String> bases = new LinkedHashSet<>();
        bases.add(word);
        if (word.endsWith("ies") && word.length() > 4) {
            bases.add(cut(word, 3) + "y");
        } else if (word.endsWith("es") && hisses(cut(word, 2))) {
            bases.add(cut(word, 2));
        } else if (word.endsWith("s") && !word.endsWith("ss") && !word.endsWith("us") && !word.endsWith("is")) {
            bases.add(cut(word, 1));
        }
        if (word.endsWith("ied") && word.length() > 4) {
            bases.add(cut(word, 3) + "y");
        } else if (word.endsWith("ing") && word.length() > 5) {
            stems(cut(word, 3), bases);
        } else if (word.endsWith("ed") && word.length() > 4) {
            stems(cut(word, 2), bases);
        }
        return bases;
    }

    /** {@code stopp} is of stop, {@code driv} of drive, {@code park} of park. */
    private static void stems(String stem, Set<String> bases) {
        int last = stem.length() - 1;
        if (last > 1 && stem.charAt(last) == stem.charAt(last - 1)) {
            bases.add(cut(stem, 1));
        }
        bases.add(stem);
        bases.add(stem + "e");
    }

    private static void inflect(String base, Set<String> forms) {
        boolean consonantY = base.endsWith("y") && base.length() > 2 && !vowel(base.charAt(base.length() - 2));
        if (consonantY) {
            forms.add(cut(base, 1) + "ies");
            forms.add(cut(base, 1) + "ied");
        } else {
            forms.add(base + (hisses(base) ? "es" : "s"));
        }
        String stem = base.endsWith("e") ? cut(base, 1) : base;
        forms.add(stem + "ing");
        forms.add(stem + "ed");
        if (doubles(base)) {
            char last = base.charAt(base.length() - 1);
            forms.add(base + last + "ing");
            forms.add(base + last + "ed");
        }
    }

    /** Consonant, vowel, consonant, as in stop. */
    private static boolean doubles(String base) {
        int length = base.length();
        return length >= 3
                && !vowel(base.charAt(length - 1))
                && "wxy".indexOf(base.charAt(length - 1)) < 0
                && vowel(base.charAt(length - 2))
                && !vowel(base.charAt(length - 3));
    }

    private static boolean hisses(String base) {
        return base.endsWith("s")
                || base.endsWith("x")
                || base.endsWith("z")
                || base.endsWith("ch")
                || base.endsWith("sh");
    }

    private static boolean vowel(char c) {
        return "aeiou".indexOf(c) >= 0;
    }

    private static String cut(String word, int letters) {
        return word.substring(0, word.length() - letters);
    }
}
