// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.sf.extjwnl.JWNLException;
import net.sf.extjwnl.data.IndexWord;
import net.sf.extjwnl.data.POS;
import net.sf.extjwnl.data.Pointer;
import net.sf.extjwnl.data.PointerType;
import net.sf.extjwnl.data.Synset;
import net.sf.extjwnl.data.Word;
import net.sf.extjwnl.dictionary.Dictionary;

/**
 * WordNet: which English words mean the same, and what is a kind of what. A puppy is a dog and luggage may be a suitcase,
 * but a giraffe is no horse. Read once per process, when it is first needed; thread-safe.
 */
final class Thesaurus {

    /** A word's rarer senses do more harm than good: a gate is also a signal. */
    private static final int SENSES = 2;

    /** What was seen is a thing in its first sense: a dog is an animal, and only then a fellow. */
    private static final int SENSES_OF_THINGS_SEEN = 1;

    /** How far a question may be more special than the answer: a labourer is a worker three steps up. */
    private static final int UP = 3;

    /** How far an answer may be more special than the question: a dog is an animal, seven steps up. */
    private static final int DOWN = 7;

    /** Verbs become general soon. What is a kind of nothing more general, as to move, says nothing at all. */
    private static final int OF_VERBS = 2;

    private static final int TO_THE_TOP = 20;

    private static final int MOST_OTHERS = 24;
    private static final int REMEMBERED = 10_000;

    private static final Thesaurus SHARED = new Thesaurus();

    private final Map<String, Meanings> remembered = new HashMap<>();

    private Thesaurus() {}

    /** WordNet's data, loaded by the first use of this class. */
    private static final class Loaded {

        static final Dictionary WORDNET = load();

        private static Dictionary load() {
            try {
                return Dictionary.getDefaultResourceInstance();
            } catch (JWNLException e) {
                throw new IllegalStateException("WordNet's data are not on the class path", e);
            }
        }
    }

    /**
     * What a word may mean.
     *
     * @param own its senses
     * @param usual the same, of a thing the first alone
     * @param near those and what each is a kind of, a few steps up
     * @param all those and what each is a kind of, many steps up
     * @param thing whether it only names something that can be seen
     */
    private record Meanings(Set<String> own, Set<String> usual, Set<String> near, Set<String> all, boolean thing) {}

    static Thesaurus shared() {
        return SHARED;
    }

    /** Whether something called {@code found} may be what somebody means by {@code asked}. */
    boolean means(String asked, String found) {
        Meanings one = meanings(asked);
        Meanings other = meanings(found);
        return !Collections.disjoint(one.near(), other.usual()) || !Collections.disjoint(one.own(), other.all());
    }

    /** Whether the word is the name of something that can be seen, and nothing else: octopus, but not park or slip. */
    boolean isThing(String word) {
        return meanings(word).thing();
    }

    /** Other single words for the same and for what it is a kind of. */
    Set<String> others(String word) {
        Set<String> others = new LinkedHashSet<>();
        synchronized (this) {
            try {
                for (Synset sense : senses(word)) {
                    add(sense, others);
                    for (Pointer pointer : sense.getPointers(PointerType.HYPERNYM)) {
                        add(pointer.getTargetSynset(), others);
                    }
                }
            } catch (JWNLException e) {
                throw new IllegalStateException("WordNet's data cannot be read", e);
            }
        }
        others.remove(word);
        return others;
    }

    private static void add(Synset sense, Set<String> words) {
        for (Word word : sense.getWords()) {
            String lemma = word.getLemma();
            if (words.size() < MOST_OTHERS && lemma.chars().allMatch(c -> c >= 'a' && c <= 'z')) {
                words.add(lemma);
            }
        }
    }

    private synchronized Meanings meanings(String word) {
        if (remembered.size() > REMEMBERED) {
            remembered.clear();
        }
        return remembered.computeIfAbsent(word, Thesaurus::read);
    }

    private static Meanings read(String word) {
        try {
            Set<String> own = new HashSet<>();
            Set<String> usual = new HashSet<>();
            Set<String> near = new HashSet<>();
            Set<String> all = new HashSet<>();
            int things = 0;
            for (Synset sense : senses(word)) {
                own.add(key(sense));
                boolean verb = sense.getPOS() == POS.VERB;
                above(sense, verb ? OF_VERBS : UP, near);
                if (sense.getPOS() != POS.NOUN || things++ < SENSES_OF_THINGS_SEEN) {
                    usual.add(key(sense));
                    above(sense, verb ? OF_VERBS : DOWN, all);
                }
            }
            return new Meanings(own, usual, near, all, isThing(senses(word)));
        } catch (JWNLException e) {
            throw new IllegalStateException("WordNet's data cannot be read", e);
        }
    }

    private static boolean isThing(List<Synset> senses) throws JWNLException {
        if (senses.isEmpty() || senses.stream().anyMatch(sense -> sense.getPOS() != POS.NOUN)) {
            return false;
        }
        Set<String> above = new HashSet<>();
        for (Synset sense : senses) {
            above(sense, TO_THE_TOP, above);
        }
        return above.contains(key(senses("object").get(0)));
    }

    private static List<Synset> senses(String word) throws JWNLException {
        Set<Synset> senses = new LinkedHashSet<>();
        for (POS kind : POS.getAllPOS()) {
            IndexWord found = Loaded.WORDNET.lookupIndexWord(kind, word);
            if (found != null) {
                found.getSenses().stream().limit(SENSES).forEach(senses::add);
            }
        }
        return List.copyOf(senses);
    }

    /** A step at a time, so that each sense is reached the short way. */
    private static void above(Synset sense, int steps, Set<String> reached) throws JWNLException {
        Deque<Synset> now = new ArrayDeque<>(List.of(sense));
        reached.add(key(sense));
        for (int step = 0; step < steps; step++) {
            Deque<Synset> next = new ArrayDeque<>();
            for (Synset one : now) {
                for (Pointer pointer : one.getPointers(PointerType.HYPERNYM)) {
                    Synset above = pointer.getTargetSynset();
                    boolean saysNothing = above.getPOS() == POS.VERB
                            && above.getPointers(PointerType.HYPERNYM).isEmpty();
                    if (!saysNothing && reached.add(key(above))) {
                        next.add(above);
                    }
                }
            }
            now = next;
        }
    }

    private static String key(Synset sense) {
        return sense.getPOS().getKey() + sense.getOffset();
    }
}
