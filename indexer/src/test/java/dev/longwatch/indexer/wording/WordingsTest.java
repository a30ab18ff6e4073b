// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.wording;

import static org.assertj.core.api.Assertions.assertThat;

import co.elastic.clients.elasticsearch._types.Refresh;
import co.elastic.clients.elasticsearch._types.VersionType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.embed.Embedder;
import dev.longwatch.indexer.embed.MiniLm;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.indexer.event.Wording;
import dev.longwatch.indexer.local.TestElasticsearch;
import dev.longwatch.indexer.schema.EventDocument;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.schema.Schema;
import dev.longwatch.indexer.schema.WordingDocument;
import dev.longwatch.indexer.search.EventFilter;
import dev.longwatch.indexer.search.EventSearch;
import dev.longwatch.indexer.search.SearchRequest;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WordingsTest {

    @RegisterExtension
    static final TestElasticsearch SERVER = new TestElasticsearch();

    private static final Embedder MODEL = MiniLm.shared();

    private static Elasticsearch elasticsearch;

    @BeforeAll
    static void open() {
        elasticsearch = Elasticsearch.open(SERVER.address());
    }

    @AfterAll
    static void close() {
        elasticsearch.close();
    }

    @Test
    void aWordingIsWrittenOnceHoweverManyEventsSayIt() throws IOException {
        IndexNames names = names("once");
        Wordings wordings = new Wordings(elasticsearch, names, MODEL);

        wordings.ensure(List.of(new Wording("car", "A car stops."), new Wording("car", "A car stops.")));
        wordings.ensure(List.of(new Wording("car", "A car stops."), new Wording("dog", "A car stops.")));

        assertThat(count(names)).isEqualTo(2);
        assertThat(new CatchUp(elasticsearch, names, MODEL).backlog().isEmpty()).isTrue();
    }

    @Test
    void whatNobodySaysAnyMoreGoesWithTheLastEventThatSaidIt() throws IOException {
        IndexNames names = names("gone");
        Wordings wordings = new Wordings(elasticsearch, names, MODEL);
        VideoEvent first = event("1", "gate", "A car stops.");
        VideoEvent second = event("2", "yard", "A car stops.");
        VideoEvent other = event("3", "gate", "A dog comes in.");
        for (VideoEvent event : List.of(first, second, other)) {
            wordings.ensure(List.of(Wording.of(event)));
            store(names, event, EventDocument.of(event));
        }
        EventSearch search = new EventSearch(elasticsearch, names);

        assertThat(search.delete("gate")).isEqualTo(2);
        assertThat(count(names)).as("the yard still says one of them").isEqualTo(1);
        assertThat(search.delete("yard")).isEqualTo(1);
        assertThat(count(names)).isZero();
    }

    @Test
    void whatAnOlderLongwatchHasKeptIsFoundAfterCatchingUp() throws IOException {
        IndexNames names = names("older");
        VideoEvent event = event("1", "gate", "A puppy comes in.");
        ObjectNode old = new ObjectMapper().valueToTree(EventDocument.of(event));
        old.remove(List.of("wording", "minute_of_day"));
        store(names, event, old);
        elasticsearch.client().index(index -> index.index(names.wordings())
                .id(new Wording("describe", "A cat leaves.").id())
                .document(WordingDocument.of(new Wording("describe", "A cat leaves."), null))
                .refresh(Refresh.True));
        EventSearch search = new EventSearch(elasticsearch, names);
        CatchUp catchUp = new CatchUp(elasticsearch, names, MODEL);
        assertThat(search.find(SearchRequest.of("a dog")).moments()).isEmpty();
        assertThat(search.find(SearchRequest.of("a dog")).notes())
                .contains("1 events of an older Longwatch are not searched; the next watch makes them findable");
        assertThat(catchUp.backlog()).isEqualTo(new CatchUp.Backlog(1, 1));

        catchUp.run();

        assertThat(catchUp.backlog().isEmpty()).isTrue();
        assertThat(search.find(SearchRequest.of("a puppy")).moments()).hasSize(1);
        assertThat(search.list(EventFilter.ALL, 10)).containsExactly(event);
    }

    private static long count(IndexNames names) throws IOException {
        elasticsearch.client().indices().refresh(refresh -> refresh.index(names.wordings()));
        return elasticsearch
                .client()
                .count(count -> count.index(names.wordings()))
                .count();
    }

    private static void store(IndexNames names, VideoEvent event, Object document) throws IOException {
        elasticsearch.client().index(index -> index.index(names.ofEvent(event))
                .id(event.id())
                .version(event.version())
                .versionType(VersionType.ExternalGte)
                .document(document)
                .refresh(Refresh.True));
    }

    private static VideoEvent event(String id, String stream, String text) {
        return new VideoEvent(
                id,
                1,
                stream,
                "file:/" + stream + ".mp4",
                "describe",
                text,
                new TimeSpan(1_000, 2_000),
                1_796_000_000_000L,
                0.9,
                VideoEvent.State.CLOSED,
                "nano-1",
                2,
                "");
    }

    private static IndexNames names(String test) {
        IndexNames names = new IndexNames(SERVER.prefix() + "-" + test);
        new Schema(elasticsearch, names, 0).install();
        return names;
    }
}
