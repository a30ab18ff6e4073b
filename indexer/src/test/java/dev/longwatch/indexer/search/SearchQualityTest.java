// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.indexer.local.TestElasticsearch;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.search.SearchRequest.Method;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * How well people's questions are answered, over some thousand captions of scenes: words alone, meaning alone, both. Who
 * answers what is known from the scenes, not from their captions.
 */
class SearchQualityTest {

    @RegisterExtension
    static final TestElasticsearch SERVER = new TestElasticsearch();

    private static final int SCENES = 4_000;
    private static final int FIRST = 5;

    /** An answer below this place counts as none. */
    private static final int DEEP = 20;

    private static Elasticsearch elasticsearch;
    private static EventSearch search;
    private static List<Scenes.Scene> scenes;
    private static final Map<Method, Figures> FIGURES = new EnumMap<>(Method.class);

    /** Sums over questions, and per kind of question. */
    private static final class Figures {

        private final Map<String, List<double[]>> kinds = new TreeMap<>();
        private final List<String> noise = new ArrayList<>();
        private int absent;

        void add(LabelledQuery query, double recall, double reciprocal) {
            kinds.computeIfAbsent(query.kind(), kind -> new ArrayList<>()).add(new double[] {recall, reciprocal});
        }

        void addAbsent(LabelledQuery query, List<String> found) {
            absent++;
            if (!found.isEmpty()) {
                noise.add(query.text());
            }
        }

        double mean(int which) {
            return kinds.values().stream()
                    .flatMap(List::stream)
                    .mapToDouble(each -> each[which])
                    .average()
                    .orElse(0);
        }

        @Override
        public String toString() {
            StringBuilder words = new StringBuilder(line("all", mean(0), mean(1)));
            kinds.forEach((kind, each) -> words.append(line(
                    kind + " (" + each.size() + ")",
                    each.stream().mapToDouble(one -> one[0]).average().orElse(0),
                    each.stream().mapToDouble(one -> one[1]).average().orElse(0))));
            return words + "\n  something found for " + noise.size() + " of " + absent + " things that are nowhere "
                    + noise;
        }

        private static String line(String kind, double recall, double reciprocal) {
            return String.format(Locale.ROOT, "%n  %-16s recall@5 %.3f  MRR %.3f", kind, recall, reciprocal);
        }
    }

    @BeforeAll
    static void ask() throws IOException {
        scenes = Scenes.make(SCENES);
        elasticsearch = Elasticsearch.open(SERVER.address());
        IndexNames names = new IndexNames(SERVER.prefix() + "-quality");
        List<VideoEvent> events = scenes.stream().map(Scenes.Scene::event).toList();
        for (int i = 0; i < events.size(); i += 1_000) {
            StoredEvents.store(elasticsearch, names, events.subList(i, Math.min(events.size(), i + 1_000)));
        }
        search = new EventSearch(elasticsearch, names);
        for (Method method : Method.values()) {
            FIGURES.put(method, figures(method));
            System.out.println(method + FIGURES.get(method).toString());
        }
    }

    @AfterAll
    static void close() {
        elasticsearch.close();
    }

    private static Figures figures(Method method) throws IOException {
        Figures figures = new Figures();
        for (LabelledQuery query : LabelledQuery.all()) {
            List<String> found = search
                    .find(SearchRequest.of(query.text())
                            .by(method)
                            .askedAt(Scenes.ASKED)
                            .withLimit(DEEP))
                    .moments()
                    .stream()
                    .map(moment -> moment.event().id())
                    .toList();
            if (query.kind().equals(LabelledQuery.ABSENT)) {
                figures.addAbsent(query, found);
                continue;
            }
            Set<String> answers = query.answers(scenes);
            assertThat(answers).as("answers to %s", query.text()).isNotEmpty();
            long hits = found.stream().limit(FIRST).filter(answers::contains).count();
            int first = 0;
            while (first < found.size() && !answers.contains(found.get(first))) {
                first++;
            }
            figures.add(
                    query,
                    (double) hits / Math.min(FIRST, answers.size()),
                    first < found.size() ? 1.0 / (first + 1) : 0);
        }
        return figures;
    }

    @Test
    void thereAreEnoughQuestions() throws IOException {
        assertThat(LabelledQuery.all().stream()
                        .filter(query -> !query.kind().equals(LabelledQuery.ABSENT))
                        .map(LabelledQuery::text)
                        .distinct())
                .hasSizeGreaterThanOrEqualTo(200);
    }

    @Test
    void bothTogetherAreAtLeastAsGoodAsEither() {
        Figures both = FIGURES.get(Method.BOTH);
        for (Method one : List.of(Method.WORDS, Method.MEANING)) {
            assertThat(both.mean(0))
                    .as("recall@5 against " + one)
                    .isGreaterThanOrEqualTo(FIGURES.get(one).mean(0));
            assertThat(both.mean(1))
                    .as("MRR against " + one)
                    .isGreaterThanOrEqualTo(FIGURES.get(one).mean(1));
        }
    }

    /** Below what was measured when this was written, so that a change for the worse is seen. */
    @Test
    void mostQuestionsAreAnsweredOnTheFirstPlace() {
        assertThat(FIGURES.get(Method.BOTH).mean(0)).isGreaterThan(0.84);
        assertThat(FIGURES.get(Method.BOTH).mean(1)).isGreaterThan(0.89);
    }

    @Test
    void whatIsNowhereFindsNothing() {
        assertThat(FIGURES.get(Method.BOTH).noise).isEmpty();
    }
}
