// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.Refresh;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.GetResponse;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.indexer.client.IndexException.Reason;
import dev.longwatch.indexer.client.Scan;
import dev.longwatch.indexer.embed.MiniLm;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.indexer.local.TestElasticsearch;
import dev.longwatch.indexer.search.EventFilter;
import dev.longwatch.indexer.search.EventSearch;
import dev.longwatch.indexer.search.SearchRequest;
import dev.longwatch.indexer.wording.CatchUp;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A newer Longwatch comes to what an older one has kept. */
class MigrationTest {

    @RegisterExtension
    static final TestElasticsearch SERVER = new TestElasticsearch();

    /** A rule as text cannot become a keyword where it stands. */
    private static final UnaryOperator<String> TEXT_RULES =
            text -> text.replaceAll("\"rule\": \\{\"type\": \"keyword\".*\\},\n", "\"rule\": {\"type\": \"text\"},\n");

    private static Elasticsearch elasticsearch;

    @BeforeAll
    static void open() {
        elasticsearch = Elasticsearch.open(SERVER.address());
    }

    @AfterAll
    static void close() {
        elasticsearch.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void whatAnOlderOneKeptIsFoundAndAddedTo(int version) throws IOException {
        IndexNames names = names("v" + version);
        OldLayout.install(elasticsearch, names, version, text -> text);
        OldLayout.event(elasticsearch, names, "old", 7);

        assertThat(new Schema(elasticsearch, names, 0).install()).isEqualTo(Schema.Outcome.UPDATED);
        write(names, "new");

        assertThat(ids(names)).containsExactlyInAnyOrder("old", "new");
        assertThat(new Migration(elasticsearch, names, 0).run((index, documents) -> {}))
                .isEmpty();
    }

    @Test
    void whatCannotBeChangedIsRefusedWithTheCommandAndLeftAsItWas() throws IOException {
        IndexNames names = names("refuse");
        OldLayout.install(elasticsearch, names, 4, TEXT_RULES);
        OldLayout.event(elasticsearch, names, "old", 7);

        assertThatExceptionOfType(IndexException.class)
                .isThrownBy(() -> new Schema(elasticsearch, names, 0).install())
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.OLDER_SCHEMA))
                .withMessageContaining(names.prefix() + "-events-2026.11")
                .withMessageContaining("mapper [rule] cannot be changed from type [text] to [keyword]")
                .withMessageEndingWith("run: longwatch index migrate");
        assertThat(new Schema(elasticsearch, names, 0).installed()).hasValue(4);
        OldLayout.event(elasticsearch, names, "still written", 7);
    }

    @Test
    void everyDocumentMovesUnderItsNameWithItsVersion() throws IOException {
        IndexNames names = filled("move", 2_300);
        List<Long> told = new ArrayList<>();

        List<Migration.Moved> moved =
                new Migration(elasticsearch, names, 0).run((index, documents) -> told.add(documents));

        assertThat(moved).singleElement().satisfies(index -> {
            assertThat(index.index()).isEqualTo(names.prefix() + "-events-2026.11");
            assertThat(index.documents()).isEqualTo(2_300);
        });
        assertThat(told).containsExactly(1_000L, 2_000L, 2_300L);
        EventSearch search = new EventSearch(elasticsearch, names);
        assertThat(search.count(EventFilter.ALL.ofRules("a car"))).isEqualTo(2_300);
        // as the command does, and every sink when it starts
        new CatchUp(elasticsearch, names, MiniLm.shared()).run();
        assertThat(search.find(SearchRequest.of("red car")).total()).isEqualTo(2_300);
        GetResponse<EventDocument> one = elasticsearch
                .client()
                .get(
                        request -> request.index(names.prefix() + "-events-2026.11")
                                .id("event-17"),
                        EventDocument.class);
        assertThat(one.version()).isEqualTo(18);
        assertThat(one.index()).isEqualTo(names.prefix() + "-s" + Schema.VERSION + "-events-2026.11");
        assertThat(indices(names)).containsExactlyInAnyOrder(one.index(), names.wordings());

        // the name goes on to be written to, and all of it to be deleted
        write(names, "new");
        assertThat(search.count(EventFilter.ALL)).isEqualTo(2_301);
        assertThat(new Schema(elasticsearch, names, 0).install()).isEqualTo(Schema.Outcome.UNCHANGED);
        assertThat(search.delete("gate")).isEqualTo(2_301);
    }

    @Test
    void oneThatWasKilledGoesOnWhereItWas() throws IOException {
        IndexNames names = filled("killed", 2_300);
        assertThatIllegalStateException()
                .isThrownBy(() -> new Migration(elasticsearch, names, 0).run((index, documents) -> {
                    throw new IllegalStateException("killed by the test");
                }));
        // as a job sees it that wants to write meanwhile: not now
        assertThatExceptionOfType(ElasticsearchException.class)
                .isThrownBy(() -> OldLayout.event(elasticsearch, names, "meanwhile", 1))
                .satisfies(e -> assertThat(e.status()).isEqualTo(403));
        assertThat(ids(names)).as("nothing is found twice").doesNotHaveDuplicates();

        assertThat(new Migration(elasticsearch, names, 0).run((index, documents) -> {}))
                .singleElement()
                .extracting(Migration.Moved::documents)
                .isEqualTo(2_300L);

        assertThat(new EventSearch(elasticsearch, names).count(EventFilter.ALL)).isEqualTo(2_300);
        write(names, "new");
    }

    @Test
    void aCopyThatIsNotLikeTheIndexReplacesNothing() throws IOException {
        IndexNames names = filled("unlike", 3);
        assertThatIllegalStateException()
                .isThrownBy(() -> new Migration(elasticsearch, names, 0).run((index, documents) -> {
                    throw new IllegalStateException("killed by the test");
                }));
        String copy = names.prefix() + "-s" + Schema.VERSION + "-events-2026.11";
        elasticsearch
                .client()
                .index(request -> request.index(copy).id("stranger").document(Map.of("stream", "gate")));

        assertThatExceptionOfType(IndexException.class)
                .isThrownBy(() -> new Migration(elasticsearch, names, 0).run((index, documents) -> {}))
                .withMessageContaining("3 documents with digest")
                .withMessageContaining("found 4 with")
                .withMessageEndingWith("delete '" + copy + "' and run: longwatch index migrate");
        assertThat(indices(names)).contains(names.prefix() + "-events-2026.11");
        OldLayout.event(elasticsearch, names, "written again", 1);
    }

    @Test
    void aFieldThatNobodyKnowsAnyMoreStopsItBeforeAnythingIsLost() throws IOException {
        IndexNames names = names("dynamic");
        OldLayout.install(
                elasticsearch, names, 4, text -> TEXT_RULES.apply(text).replace("\"strict\"", "\"true\""));
        OldLayout.event(elasticsearch, names, "old", 1);
        elasticsearch.client().index(request -> request.index(names.prefix() + "-events-2026.11")
                .id("odd")
                .document(Map.of("stream", "gate", "mood", "calm")));

        assertThatExceptionOfType(IndexException.class)
                .isThrownBy(() -> new Migration(elasticsearch, names, 0).run((index, documents) -> {}))
                .withMessageContaining("document odd")
                .withMessageContaining("[mood]");
        OldLayout.event(elasticsearch, names, "written again", 1);
    }

    private static IndexNames filled(String test, int events) throws IOException {
        IndexNames names = names(test);
        OldLayout.install(elasticsearch, names, 4, TEXT_RULES);
        OldLayout.events(elasticsearch, names, events);
        return names;
    }

    private static void write(IndexNames names, String id) throws IOException {
        VideoEvent event = new VideoEvent(
                id,
                1,
                "gate",
                "file:/gate.mp4",
                "a car",
                "a red car",
                new TimeSpan(1_000, 2_000),
                1_793_491_200_000L,
                0.5,
                VideoEvent.State.CLOSED,
                "nano-1",
                2,
                "2 a second");
        elasticsearch.client().index(request -> request.index(names.ofEvent(event))
                .id(id)
                .document(EventDocument.of(event))
                .refresh(Refresh.True));
    }

    private static List<String> ids(IndexNames names) throws IOException {
        List<String> ids = new ArrayList<>();
        new Scan(elasticsearch, List.of(names.everyEvent()), Query.of(query -> query.matchAll(all -> all)))
                .each(Void.class, page -> page.forEach(hit -> ids.add(hit.id())));
        return ids;
    }

    private static Set<String> indices(IndexNames names) throws IOException {
        return elasticsearch
                .client()
                .indices()
                .get(request -> request.index(names.prefix() + "-*"))
                .result()
                .keySet();
    }

    private static IndexNames names(String test) {
        return new IndexNames(SERVER.prefix() + "-" + test);
    }
}
