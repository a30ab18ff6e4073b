// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.elasticsearch.core.search.Hit;
import co.elastic.clients.json.JsonData;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.event.Wording;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.schema.WordingDocument;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The two ways to find wordings, each best first: by words and by meaning. Thread-safe. */
final class WordingSearch {

    /** How many wordings each way brings at most. */
    static final int BY_WORDS = 200;

    static final int BY_MEANING = 100;

    /** Vectors looked at on the way through the graph. */
    private static final int LOOKED_AT = 250;

    /** So many are named with every search: more would take longer than to count those that fit. */
    private static final int FEW = 5_000;

    private static final Duration REMEMBERED = Duration.ofSeconds(10);

    private final Elasticsearch elasticsearch;
    private final IndexNames names;
    private final KnownWordings known;
    private volatile @Nullable Number number;

    /** How many wordings there were at an instant of {@link System#nanoTime}. */
    private record Number(long wordings, long asked) {

        boolean isFresh() {
            return System.nanoTime() - asked < REMEMBERED.toNanos();
        }
    }

    WordingSearch(Elasticsearch elasticsearch, IndexNames names) {
        this.elasticsearch = elasticsearch;
        this.names = names;
        this.known = new KnownWordings(elasticsearch, names);
    }

    /** Whether there are so few wordings, a few seconds ago, that one may as well count the events of all of them. */
    boolean few() throws IOException {
        Number last = number;
        if (last == null || !last.isFresh()) {
            last = new Number(
                    elasticsearch
                            .client()
                            .count(count -> count.index(names.wordings()).ignoreUnavailable(true))
                            .count(),
                    System.nanoTime());
            number = last;
        }
        return last.wordings() <= FEW;
    }

    /** @param among ids of the wordings to choose from; null for all */
    List<Candidate> byWords(Query words, @Nullable List<String> among) throws IOException {
        SearchResponse<Void> response = elasticsearch
                .client()
                .search(
                        search -> search.index(names.wordings())
                                .ignoreUnavailable(true)
                                .size(BY_WORDS)
                                .storedFields("_none_")
                                .docvalueFields(id -> id.field("id"))
                                .trackTotalHits(total -> total.enabled(false))
                                .query(query ->
                                        query.bool(both -> both.must(words).filter(only(among)))),
                        Void.class);
        return candidates(response, (wording, hit) -> new Candidate(id(hit), wording, score(hit), 0));
    }

    /**
     * @param meaning the question's
     * @param floor no wording less alike
     * @param among ids of the wordings to choose from; null for all
     */
    List<Candidate> byMeaning(String model, float[] meaning, double floor, @Nullable List<String> among)
            throws IOException {
        int most = among == null ? BY_MEANING : Math.min(Math.max(among.size(), 1), BY_WORDS);
        List<Float> vector = new ArrayList<>(meaning.length);
        for (float number : meaning) {
            vector.add(number);
        }
        SearchResponse<Void> response = elasticsearch
                .client()
                .search(
                        search -> search.index(names.wordings())
                                .ignoreUnavailable(true)
                                .size(most)
                                .storedFields("_none_")
                                .docvalueFields(id -> id.field("id"))
                                .trackTotalHits(total -> total.enabled(false))
                                .knn(knn -> knn.field(WordingDocument.meaningOf(model))
                                        .queryVector(vector)
                                        .k(most)
                                        .numCandidates(LOOKED_AT)
                                        .similarity((float) floor)
                                        .filter(only(among))),
                        Void.class);
        // the server maps -1 to 1 onto 0 to 1
        return candidates(response, (wording, hit) -> new Candidate(id(hit), wording, 0, 2 * score(hit) - 1));
    }

    /** Each wording once, with what either way says of it. */
    static List<Candidate> together(List<Candidate> byWords, List<Candidate> byMeaning) {
        Map<String, Candidate> all = new LinkedHashMap<>();
        byWords.forEach(candidate -> all.put(candidate.id(), candidate));
        byMeaning.forEach(candidate ->
                all.merge(candidate.id(), candidate, (words, meaning) -> words.alsoLike(meaning.likeness())));
        return List.copyOf(all.values());
    }

    private List<Candidate> candidates(SearchResponse<Void> response, BiFunction<Wording, Hit<Void>, Candidate> form)
            throws IOException {
        List<Hit<Void>> hits = response.hits().hits();
        Map<String, Wording> said =
                known.of(hits.stream().map(WordingSearch::id).toList());
        List<Candidate> candidates = new ArrayList<>();
        for (Hit<Void> hit : hits) {
            Wording wording = said.get(id(hit));
            if (wording != null) {
                candidates.add(form.apply(wording, hit));
            }
        }
        return candidates;
    }

    private static List<Query> only(@Nullable List<String> among) {
        return among == null ? List.of() : List.of(Query.of(query -> query.ids(ids -> ids.values(among))));
    }

    private static String id(Hit<Void> hit) {
        JsonData id = hit.fields().get("id");
        if (id == null) {
            throw new IllegalStateException("a wording without its id in " + hit.index());
        }
        return id.to(String[].class)[0];
    }

    private static double score(Hit<Void> hit) {
        Double score = hit.score();
        return score == null ? 0 : score;
    }
}
