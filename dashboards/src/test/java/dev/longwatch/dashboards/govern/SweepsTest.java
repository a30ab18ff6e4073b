// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.govern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.client.ElasticsearchAddress;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.indexer.keep.Pictures;
import dev.longwatch.indexer.local.TestElasticsearch;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.search.EventListing;
import dev.longwatch.indexer.search.Stored;
import dev.longwatch.indexer.watchlist.Sampling;
import dev.longwatch.indexer.watchlist.WatchedStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SweepsTest {

    @RegisterExtension
    static final TestElasticsearch SERVER = new TestElasticsearch();

    private final List<String> said = new CopyOnWriteArrayList<>();

    @Test
    void whatIsTooOldGoesAgainAndAgain() throws Exception {
        IndexNames names = new IndexNames(SERVER.prefix() + "-sweeps");
        long now = System.currentTimeMillis();
        try (Elasticsearch elasticsearch = Elasticsearch.open(SERVER.address())) {
            EventListing events = new EventListing(elasticsearch, names);
            keep(elasticsearch, names, "old", "yard", now - 7_200_000);
            keep(elasticsearch, names, "new", "yard", now);
            keep(elasticsearch, names, "kept", "gate", now - 7_200_000);
            try (Sweeps sweeps = Sweeps.begin(
                    SERVER::address,
                    names,
                    () -> Pictures.NONE,
                    () -> List.of(stream("yard", 3_600_000), stream("gate", WatchedStream.FOREVER)),
                    said::add,
                    Duration.ofMillis(200))) {
                await().atMost(Duration.ofMinutes(2))
                        .until(() -> events.event("old").isEmpty());
                keep(elasticsearch, names, "later", "yard", now - 7_200_000);
                await().atMost(Duration.ofMinutes(2))
                        .until(() -> events.event("later").isEmpty());
            }
            assertThat(events.event("new")).isPresent();
            assertThat(events.event("kept")).isPresent();
            assertThat(said).isEmpty();
        }
    }

    @Test
    void whatFailsIsSaidOnce() {
        try (Sweeps sweeps = Sweeps.begin(
                () -> ElasticsearchAddress.of("http://127.0.0.1:1"),
                IndexNames.STANDARD,
                () -> Pictures.NONE,
                () -> List.of(stream("yard", 1_000)),
                said::add,
                Duration.ofMillis(1))) {
            await().atMost(Duration.ofMinutes(2)).until(() -> !said.isEmpty());
        }
        assertThat(said)
                .singleElement()
                .asString()
                .contains("could not be deleted")
                .contains("127.0.0.1:1");
    }

    private static WatchedStream stream(String name, long retention) {
        return new WatchedStream(name, "rtsp://10.0.0.7/main", Sampling.LIVE, retention, List.of());
    }

    private static void keep(Elasticsearch elasticsearch, IndexNames names, String id, String stream, long at)
            throws Exception {
        Stored.in(elasticsearch, names)
                .events(new VideoEvent(
                        id,
                        1,
                        stream,
                        "recording:/r",
                        "a car",
                        "a car",
                        new TimeSpan(0, 1_000),
                        at,
                        0.5,
                        VideoEvent.State.CLOSED,
                        "nano-1",
                        2,
                        "2 a second"))
                .store();
    }
}
