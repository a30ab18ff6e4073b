// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.govern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import co.elastic.clients.json.JsonData;
import dev.longwatch.dashboards.local.KeptIndex;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.client.ElasticsearchAddress;
import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.indexer.local.TestElasticsearch;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.schema.Schema;
import dev.longwatch.indexer.search.DefinitionDesk;
import dev.longwatch.indexer.watchlist.Definition;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class IndexWatchTest {

    @RegisterExtension
    static final TestElasticsearch SERVER = new TestElasticsearch();

    private final List<String> said = new CopyOnWriteArrayList<>();

    @Test
    void anElasticsearchThatIsGoneIsSaidOnceAndWaitedFor() throws Exception {
        IndexNames names = new IndexNames(SERVER.prefix() + "-gone");
        try (Relay relay = new Relay(SERVER.address().url());
                IndexWatch watch = begin(relay, names);
                Elasticsearch direct = Elasticsearch.open(SERVER.address())) {
            DefinitionDesk desk = DefinitionDesk.ofStreams(direct, names);
            desk.put(Definition.of("yard", "{}"), 1);
            awaitStreams(watch, 1);

            relay.cut();
            await().atMost(Duration.ofMinutes(3)).until(() -> !said.isEmpty());
            desk.put(Definition.of("gate", "{}"), 1);
            assertThat(watch.latest().streams()).hasSize(1);
            relay.mend();
            awaitStreams(watch, 2);

            assertThat(said).hasSize(2);
            assertThat(said.get(0)).contains(relay.url()).endsWith("; waiting for it, nothing is lost meanwhile");
            assertThat(said.get(1)).isEqualTo("Elasticsearch answers again");
        }
    }

    @Test
    void indicesOfANewerLongwatchAreNotWaitedFor() throws Exception {
        IndexNames names = new IndexNames(SERVER.prefix() + "-newer");
        try (Relay relay = new Relay(SERVER.address().url());
                Elasticsearch direct = Elasticsearch.open(SERVER.address())) {
            new Schema(direct, names, 0).install();
            direct.client().indices().putIndexTemplate(template -> template.name(names.prefix() + "-events")
                    .indexPatterns(names.everyEvent())
                    .meta("longwatch_schema", JsonData.of(Schema.VERSION + 1)));

            assertThatExceptionOfType(IndexException.class).isThrownBy(() -> begin(relay, names));
        }
    }

    private IndexWatch begin(Relay relay, IndexNames names) {
        return IndexWatch.begin(KeptIndex.named(ElasticsearchAddress.of(relay.url())), names, said::add, () -> {});
    }

    private static void awaitStreams(IndexWatch watch, int count) {
        await().atMost(Duration.ofMinutes(3))
                .until(() -> watch.latest().streams().size() == count);
    }
}
