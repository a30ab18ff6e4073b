// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.indexer.client.IndexException.Reason;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A person's words as a query: each word exactly, in another form, by another name or misspelt, in what was seen or in the rule's name;
 * half of several words must fit; words side by side count more.
 */
final class WordQuery {

    static final int MOST_WORDS = 16;

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+");

    /** Lucene's own list, which the index leaves out. */
    private static final Set<String> UNINDEXED =
            Set.of(("a an and are as at be but by for if in into is it no not of on or"
                            + " such that the their then there these they this to was will with")
                    .split(" "));

    /** Words of the question, not of the answer. */
    private static final Set<String> ASKING = Set.of(
            ("what when where who which how did does do has have had any me find show us you please moment moments video")
                    .split(" "));

    private static final String TEXT = "text";
    private static final String RULE = "rule.words";

    private static final float EXACT = 1;
    private static final float OTHER_FORM = 0.8f;
    private static final float OTHER_WORD = 0.5f;
    private static final float MISSPELT = 0.3f;

    /** The rule says what was asked, the text what was seen. */
    private static final float OF_RULE = 0.6f;

    private static final float SIDE_BY_SIDE = 2;

    /** Of three and four letters every other word is a misspelling of another: cat, car, bat. */
    private static final String FUZZINESS = "AUTO:5,9";

    private WordQuery() {}

    /** @param others whether other words that mean the same will do */
    static Query of(List<String> words, boolean others) {
        String phrase = String.join(" ", words);
        List<Query> each = words.stream().map(word -> word(word, others)).toList();
        return Query.of(query -> query.bool(
                all -> all.must(must -> must.bool(some -> some.should(each).minimumShouldMatch("1<50%")))
                        .should(phrase(TEXT, phrase, SIDE_BY_SIDE), phrase(RULE, phrase, SIDE_BY_SIDE * OF_RULE))));
    }

    /** @throws IndexException when the text has no word in it that could be found */
    static List<String> words(String text) {
        List<String> words = wordsOrNone(text);
        if (words.isEmpty()) {
            throw new IndexException(Reason.BAD_REQUEST, "there is no word to search for in '" + text.strip() + "'");
        }
        return words;
    }

    /** All words of a text in lower case, in their order. */
    static List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        places(text, (token, place) -> tokens.add(token));
        return tokens;
    }

    /** Each word of a text in lower case, with its place. */
    static void places(String text, BiConsumer<String, Moment.Mark> found) {
        Matcher word = WORD.matcher(text);
        while (word.find()) {
            found.accept(word.group().toLowerCase(Locale.ROOT), new Moment.Mark(word.start(), word.end()));
        }
    }

    static boolean isIndexed(String word) {
        return !UNINDEXED.contains(word);
    }

    /** The words that could be found, each once, without those that only ask; empty when there is none. */
    static List<String> wordsOrNone(String text) {
        Set<String> words = new LinkedHashSet<>();
        Set<String> asking = new LinkedHashSet<>();
        Matcher found = WORD.matcher(text.toLowerCase(Locale.ROOT));
        while (found.find() && words.size() < MOST_WORDS) {
            String word = found.group();
            if (ASKING.contains(word)) {
                asking.add(word);
            } else if (!UNINDEXED.contains(word)) {
                words.add(word);
            }
        }
        if (words.isEmpty()) {
            words = asking;
        }
        return List.copyOf(words);
    }

    private static Query word(String word, boolean others) {
        List<Query> ways = new ArrayList<>();
        ways.add(match(TEXT, word, EXACT));
        ways.add(match(RULE, word, EXACT * OF_RULE));
        String forms = String.join(" ", WordForms.of(word));
        if (!forms.isEmpty()) {
            ways.add(match(TEXT, forms, OTHER_FORM));
            ways.add(match(RULE, forms, OTHER_FORM * OF_RULE));
        }
        String same = others ? String.join(" ", Thesaurus.shared().others(word)) : "";
        if (!same.isEmpty()) {
            ways.add(match(TEXT, same, OTHER_WORD));
            ways.add(match(RULE, same, OTHER_WORD * OF_RULE));
        }
        ways.add(misspelt(TEXT, word, MISSPELT));
        ways.add(misspelt(RULE, word, MISSPELT * OF_RULE));
        return Query.of(query -> query.disMax(best -> best.queries(ways)));
    }

    private static Query match(String field, String word, float boost) {
        return Query.of(
                query -> query.match(match -> match.field(field).query(word).boost(boost)));
    }

    private static Query misspelt(String field, String word, float boost) {
        return Query.of(query -> query.match(match -> match.field(field)
                .query(word)
                .fuzziness(FUZZINESS)
                .prefixLength(1)
                .maxExpansions(20)
                .boost(boost)));
    }

    private static Query phrase(String field, String words, float boost) {
        return Query.of(query -> query.matchPhrase(
                match -> match.field(field).query(words).slop(2).boost(boost)));
    }
}
