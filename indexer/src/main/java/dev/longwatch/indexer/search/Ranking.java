// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import dev.longwatch.indexer.embed.Embedder;
import dev.longwatch.indexer.embed.EmbedderException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the wordings that fit a question, by words and by meaning, and puts them in order. */
final class Ranking {

    /** What a place by words is worth beside one by meaning; measured. */
    private static final double WORDS = 0.25;

    private final WordingSearch wordings;
    private final Embedder embedder;

    Ranking(WordingSearch wordings, Embedder embedder) {
        this.wordings = wordings;
        this.embedder = embedder;
    }

    /** See {@link WordingSearch#few}. */
    boolean hasFewWordings() throws IOException {
        return wordings.few();
    }

    /**
     * @param wanted how to look; by words alone where meanings cannot be computed
     * @param asked the words of the question
     * @param among ids of the wordings to choose from; null for all
     * @param notes gets what the person should know
     * @return those that fit, best first; equal ones by their id
     */
    List<Ranked> rank(
            SearchRequest.Method wanted,
            Understood understood,
            List<String> asked,
            @Nullable List<String> among,
            List<String> notes)
            throws IOException {
        float[] meaning = wanted == SearchRequest.Method.WORDS ? null : meaning(understood, notes);
        SearchRequest.Method method = meaning == null ? SearchRequest.Method.WORDS : wanted;
        List<Candidate> ofWords = method == SearchRequest.Method.MEANING
                ? List.of()
                : wordings.byWords(WordQuery.of(asked, meaning != null), among);
        List<Candidate> all = meaning == null ? ofWords : withMeaning(ofWords, meaning, among);
        Fitting fitting = new Fitting(asked, meaning == null ? null : embedder);
        List<Ranked> fit = all.stream()
                .filter(candidate -> !Negations.shows(
                        understood.without(), candidate.wording().text()))
                .map(candidate ->
                        new Ranked(candidate, fitting.of(candidate.wording(), candidate.likeness()), List.of(), 0))
                .filter(ranked -> ranked.fit().isAnswer(method))
                .toList();
        if (method == SearchRequest.Method.BOTH
                && Fitting.askForWhatIsNowhere(
                        asked, fit.stream().map(Ranked::why).toList())) {
            return List.of();
        }
        List<Ranked> ranked = new ArrayList<>();
        RankFusion.fuse(fit, rankings(method))
                .forEach((one, score) -> ranked.add(new Ranked(
                        one.candidate(),
                        one.fit(),
                        fitting.marks(one.candidate().wording().text()),
                        Math.min(score, 1))));
        ranked.sort(Comparator.comparingDouble(Ranked::score).reversed().thenComparing(Ranked::id));
        return ranked;
    }

    private static List<RankFusion.By<Ranked>> rankings(SearchRequest.Method method) {
        RankFusion.By<Ranked> words =
                new RankFusion.By<>(ranked -> ranked.candidate().words(), WORDS);
        return switch (method) {
            case WORDS -> List.of(words);
            case MEANING ->
                List.of(new RankFusion.By<>(ranked -> ranked.candidate().likeness(), 1));
            case BOTH ->
                List.of(words, new RankFusion.By<>(ranked -> ranked.fit().closeness(), 1));
        };
    }

    /** @return null where the model does not run, which is then noted */
    private float @Nullable [] meaning(Understood understood, List<String> notes) {
        String question = (understood.words() + " " + Negations.said(understood.without())).strip();
        try {
            return embedder.embed(question);
        } catch (EmbedderException e) {
            notes.add("searched by words only: " + e.getMessage());
            return null;
        }
    }

    /** What either way finds, each with its likeness. */
    private List<Candidate> withMeaning(List<Candidate> ofWords, float[] meaning, @Nullable List<String> among)
            throws IOException {
        List<Candidate> ofMeaning = wordings.byMeaning(embedder.model(), meaning, Fit.FLOOR, among);
        Set<String> found = ofMeaning.stream().map(Candidate::id).collect(Collectors.toSet());
        List<String> others = ofWords.stream()
                .map(Candidate::id)
                .filter(id -> !found.contains(id))
                .toList();
        List<Candidate> both = WordingSearch.together(ofWords, ofMeaning);
        return others.isEmpty()
                ? both
                : WordingSearch.together(both, wordings.byMeaning(embedder.model(), meaning, -1, others));
    }
}
