// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.ask;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a question asks about, turned round into the words of a rule: {@code does a car enter} into {@code a car enters}. */
final class Clause {

    private static final Pattern DO = Pattern.compile("(do|does|did)\\s+(\\S+\\s+.+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern THERE_IS =
            Pattern.compile("(is|are|was|were)\\s+there\\s+(?:(any|some)\\s+)?(.+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern IS_THERE = Pattern.compile(
            "(is|are|was|were)\\s+(.+?)\\s+(?:there|visible|present|to\\s+be\\s+seen)", Pattern.CASE_INSENSITIVE);

    /** Verbs that are put into the third person; any other is left as it was asked. */
    private static final Set<String> VERBS =
            Set.of(("appear approach arrive begin brake break bring burn carry catch cause chase"
                            + " climb close collide come crash cross cut cycle dance deliver depart disappear drive drop eat enter"
                            + " exit explode fall fight flash fly follow get give go grab greet happen hit hold jump keep knock land"
                            + " lean leave lie lift light look meet move open overtake park pass pay pick play point pull push put"
                            + " reach rest return reverse ride rise roll run show shake sit skid sleep slip slow smoke speed spill"
                            + " stand start stay steal step stop swim swing take talk throw touch turn wait walk wave wear work")
                    .split(" "));

    private static final Set<String> PRONOUNS =
            Set.of("somebody", "someone", "anybody", "anyone", "something", "anything", "it");
    private static final Set<String> ARTICLES = Set.of("a", "an", "the", "any", "some");

    private Clause() {}

    /** @param clause from its verb on, such as {@code is there a dog}; nothing if it is not understood */
    static Optional<String> finite(String clause) {
        Matcher thereIs = THERE_IS.matcher(clause.strip());
        if (thereIs.matches()) {
            boolean several = several(thereIs.group(1));
            String thing = thereIs.group(3);
            return Optional.of(several || thereIs.group(2) == null ? is(thing, several) : is(one(thing), false));
        }
        Matcher isThere = IS_THERE.matcher(clause.strip());
        if (isThere.matches()) {
            return Optional.of(is(isThere.group(2), several(isThere.group(1))));
        }
        Matcher does = DO.matcher(clause.strip());
        return does.matches()
                ? Optional.of(inflected(
                        List.of(does.group(2).split("\\s+")), does.group(1).toLowerCase(Locale.ROOT)))
                : Optional.empty();
    }

    private static boolean several(String be) {
        return be.equalsIgnoreCase("are") || be.equalsIgnoreCase("were");
    }

    private static String is(String thing, boolean several) {
        return thing + (several ? " are there" : " is there");
    }

    private static String one(String thing) {
        return ("aeiou".indexOf(Character.toLowerCase(thing.charAt(0))) >= 0 ? "an " : "a ") + thing;
    }

    private static String inflected(List<String> words, String helper) {
        List<String> finite = new ArrayList<>(words);
        int subject = PRONOUNS.contains(words.get(0).toLowerCase(Locale.ROOT)) ? 1 : 2;
        for (int i = Math.min(subject, words.size()); i < words.size(); i++) {
            String verb = words.get(i).toLowerCase(Locale.ROOT);
            if (VERBS.contains(verb)) {
                if (isOne(words.get(i - 1), words.get(0), helper)) {
                    finite.set(i, thirdPerson(verb));
                }
                break;
            }
        }
        return String.join(" ", finite);
    }

    /** Of "did" only the subject tells. */
    private static boolean isOne(String noun, String first, String helper) {
        return switch (helper) {
            case "does" -> true;
            case "did" -> !noun.endsWith("s") || first.equalsIgnoreCase("a") || first.equalsIgnoreCase("an");
            default -> false;
        };
    }

    private static String thirdPerson(String verb) {
        int last = verb.length() - 1;
        if (verb.charAt(last) == 'y' && "aeiou".indexOf(verb.charAt(last - 1)) < 0) {
            return verb.substring(0, last) + "ies";
        }
        return verb + (verb.matches(".*(?:s|x|z|ch|sh|o)") ? "es" : "s");
    }

    /**
     * What two ways to say the same have in common: their words without articles, endings, and the "is there" that a thing by
     * itself does not need.
     */
    static List<String> key(String condition) {
        return Arrays.stream(condition.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty() && !ARTICLES.contains(word))
                .filter(word -> !Set.of("is", "are", "there").contains(word))
                .map(Clause::stem)
                .toList();
    }

    private static String stem(String word) {
        if (word.length() > 4 && word.endsWith("ies")) {
            return word.substring(0, word.length() - 3) + "y";
        }
        if (word.matches("(?:go|do|.+(?:s|x|z|ch|sh))es")) {
            return word.substring(0, word.length() - 2);
        }
        return word.length() > 3 && word.endsWith("s") && !word.matches(".*(?:ss|us|is)")
                ? word.substring(0, word.length() - 1)
                : word;
    }
}
