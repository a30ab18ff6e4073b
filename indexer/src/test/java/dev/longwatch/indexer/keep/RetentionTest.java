// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.keep;

import static dev.longwatch.indexer.keep.Kept.DAY;
import static dev.longwatch.indexer.keep.Kept.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.coverage.CoverageSpan.State;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.indexer.local.TestElasticsearch;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.search.EventFilter;
import dev.longwatch.indexer.search.EventSearch;
import dev.longwatch.indexer.watchlist.WatchedStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RetentionTest {

    @RegisterExtension
    static final TestElasticsearch SERVER = new TestElasticsearch();

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
    void everyStreamKeepsForAsLongAsItsOwnFigureSays() throws IOException {
        IndexNames names = names("figures");
        Kept kept = new Kept(elasticsearch, names);
        for (String stream : List.of("gate", "yard", "attic", "nobody's")) {
            kept.alert("old " + stream, stream, 10);
            kept.alert("young " + stream, stream, 100);
            kept.coverage(stream, 0, 50, State.ANALYSED);
            kept.coverage(stream, 50, 110, State.ANALYSED);
        }

        List<Retention.Swept> swept = retention(names, kept)
                .sweep(Map.of("gate", 60_000L, "yard", 1_000L, "attic", WatchedStream.FOREVER), DAY + 120_000);

        assertThat(swept).extracting(Retention.Swept::stream).containsExactlyInAnyOrder("gate", "yard");
        assertThat(swept.stream()
                        .filter(each -> each.stream().equals("gate"))
                        .findFirst()
                        .orElseThrow()
                        .deleted())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "events", 1L, "alerts", 1L, "deliveries", 1L, "handling", 1L, "refused", 1L, "coverage", 1L));
        assertThat(new EventSearch(elasticsearch, names)
                        .list(EventFilter.ALL, 100).stream().map(VideoEvent::id))
                .containsExactlyInAnyOrder("young gate", "old attic", "young attic", "old nobody's", "young nobody's");
        // per stream that keeps both: 2 of each kind; of the gate 1
        assertThat(kept.counts())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "events", 5L, "alerts", 5L, "deliveries", 5L, "handling", 5L, "refused", 5L, "coverage", 5L));
        assertThat(kept.asked).contains("evidence of [old gate]");
    }

    @Test
    void whatIsPinnedStaysHoweverOldAndTheRecorderIsTold() throws IOException {
        IndexNames names = names("pinned");
        Kept kept = new Kept(elasticsearch, names);
        kept.alert("pinned", "gate", 10);
        kept.alert("free", "gate", 20);
        Pins pins = new Pins(elasticsearch, names);
        Pin pin = Pin.of("gate", seconds(11, 12), "", "", "", 0);
        pins.pin(pin);

        Retention.Swept swept = retention(names, kept)
                .sweep(Map.of("gate", 1_000L), DAY + 120_000)
                .get(0);

        assertThat(swept.keptPinned()).isEqualTo(2);
        assertThat(kept.counts())
                .containsEntry("events", 1L)
                .containsEntry("deliveries", 1L)
                .containsEntry("handling", 1L);
        assertThat(kept.pinned).containsEntry("gate", List.of(seconds(11, 12)));

        pins.unpin(pin.id());
        retention(names, kept).sweep(Map.of("gate", 1_000L), DAY + 120_000);
        assertThat(kept.counts()).isEmpty();
        assertThat(kept.pinned).containsEntry("gate", List.of());
    }

    @Test
    void moreThanAPageGoesInOneSweep() throws IOException {
        IndexNames names = names("pages");
        Kept kept = new Kept(elasticsearch, names);
        kept.write(IntStream.range(0, 1_050)
                .mapToObj(second -> Kept.event("event-" + second, "gate", second, 1))
                .toList());

        assertThat(retention(names, kept)
                        .sweep(Map.of("gate", 1_000L), DAY + 2_000_000)
                        .get(0)
                        .deleted())
                .containsEntry("events", 1_050L);
    }

    private static Retention retention(IndexNames names, Pictures pictures) {
        return new Retention(elasticsearch, names, pictures);
    }

    private static IndexNames names(String test) {
        return new IndexNames(SERVER.prefix() + "-" + test);
    }
}
