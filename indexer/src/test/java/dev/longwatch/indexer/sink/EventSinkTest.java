// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import co.elastic.clients.elasticsearch.core.search.Hit;
import dev.longwatch.indexer.alert.Alert;
import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.alert.Delivery;
import dev.longwatch.indexer.alert.Schedule;
import dev.longwatch.indexer.alert.Severity;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.client.ElasticsearchAddress;
import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.indexer.local.TestElasticsearch;
import dev.longwatch.indexer.schema.DeliveryDocument;
import dev.longwatch.indexer.schema.EventDocument;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.search.AlertDesk;
import dev.longwatch.indexer.search.EventSearch;
import dev.longwatch.indexer.sink.FaultyProxy.Fault;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Whole jobs against the real server, some with a proxy between that spoils requests. No job here may restart
 * unless it says so.
 */
@Timeout(60)
class EventSinkTest {

    @RegisterExtension
    static final TestElasticsearch SERVER = new TestElasticsearch();

    @RegisterExtension
    static final MiniClusterExtension FLINK = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(2)
            .build());

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
    void anEventTravelsThroughFlinkWithoutKryo() {
        PojoTestUtils.assertSerializedAsPojoWithoutKryo(VideoEvent.class);
    }

    @Test
    void aReplayedEventIsStillOneAndAnOlderVersionDoesNotOverwriteANewer() throws Exception {
        IndexNames names = names("replay");
        run(SERVER.address(), names, events(5, "first", 3));
        run(SERVER.address(), names, events(5, "again", 3));
        run(SERVER.address(), names, events(5, "late", 2));

        assertThat(stored(names)).hasSize(5).allSatisfy((id, event) -> {
            assertThat(event.version()).isEqualTo(3);
            assertThat(event.text()).isEqualTo("again");
        });
    }

    @Test
    void aDocumentThatIsRefusedIsKeptWithItsCauseAndTheOthersAreStored() throws Exception {
        IndexNames names = names("poison");
        List<VideoEvent> events = new ArrayList<>(events(20, "fine", 1));
        events.add(3, event("long-rule", 1, "r".repeat(40_000), "text", 1));
        events.add(7, event("no-rate", 1, "rule", "text", Double.NaN));
        events.add(9, event("huge", 1, "rule", "text ".repeat(500_000), 1));
        events.add(11, event("i".repeat(600), 1, "rule", "text", 1));

        run(SERVER.address(), names, events);

        assertThat(stored(names)).hasSize(20);
        assertThat(refused(names))
                .hasSize(4)
                .hasEntrySatisfying(
                        "long-rule", document -> assertThat(document.cause()).contains("immense term"))
                .hasEntrySatisfying(
                        "no-rate", document -> assertThat(document.cause()).contains("frames_per_second"))
                .hasEntrySatisfying(
                        "huge", document -> assertThat(document.cause()).contains("expected at most 1048576"))
                .hasEntrySatisfying("i".repeat(600), document -> assertThat(document.cause())
                        .contains("action_request_validation_exception"))
                .allSatisfy((id, document) -> assertThat(document.document()).contains("\"stream\":\"gate\""));

        assertThat(new EventSearch(elasticsearch, names).delete("gate")).isEqualTo(24);
        assertThat(refused(names)).isEmpty();
    }

    @Test
    void alertsAndDeliveriesAreKeptAndGoWithTheirStream() throws Exception {
        IndexNames names = names("alerts");
        VideoEvent event = event("event-1", 7, "rule", "a car", 2);
        Alert alert = Alert.of(
                event,
                new AlertRule.Alerting(true, Severity.CRITICAL, 0, Schedule.ALWAYS, List.of("ops")),
                Alert.Hold.COOLDOWN,
                "told of another a minute before",
                event.startedAtMillis() + 3_000);
        Delivery dead = Delivery.pending("event-1-first-ops", alert, "ops", "a car", "{}", event.startedAtMillis())
                .dead(4, "HTTP 410", event.startedAtMillis() + 9_000);

        Configuration configuration = new Configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        StreamExecutionEnvironment job = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        job.setParallelism(1);
        job.fromData(List.of(alert), TypeInformation.of(Alert.class)).sinkTo(new AlertSink(SERVER.address(), names, 0));
        job.fromData(List.of(dead), TypeInformation.of(Delivery.class))
                .sinkTo(new DeliverySink(SERVER.address(), names, 0));
        job.execute(names.prefix());

        elasticsearch.client().indices().refresh(request -> request.index(names.everyAlert(), names.everyDelivery()));
        assertThat(new AlertDesk(elasticsearch, names).alert("event-1")).hasValue(alert);
        DeliveryDocument kept = elasticsearch
                .client()
                .get(request -> request.index(names.ofDelivery(dead)).id(dead.key()), DeliveryDocument.class)
                .source();
        assertThat(kept.reason()).isEqualTo("HTTP 410");
        assertThat(kept.body()).isEqualTo("{}");

        assertThat(new EventSearch(elasticsearch, names).delete("gate")).isEqualTo(2);
    }

    @Test
    void everyPassingFailureOfTheServerIsWaitedOut() throws Exception {
        IndexNames names = names("faults");
        Fault[] first = {
            Fault.TOO_MANY_REQUESTS,
            Fault.UNAVAILABLE,
            Fault.BAD_GATEWAY,
            Fault.TOO_LARGE,
            Fault.CUT_BEFORE,
            Fault.CUT_AFTER
        };
        try (FaultyProxy proxy =
                new FaultyProxy(SERVER.address(), (ordinal, body) -> ordinal < 6 ? first[ordinal] : Fault.NONE)) {
            run(proxy.address(), names, events(700, "text", 1));

            assertThat(proxy.bulks()).isGreaterThan(6);
        }
        assertThat(stored(names)).hasSize(700);
        assertThat(refused(names)).isEmpty();
    }

    @Test
    void oneEventThatSpoilsAWholeRequestIsFoundAndPutAside() throws Exception {
        IndexNames names = names("spoils");
        List<VideoEvent> events = new ArrayList<>(events(40, "fine", 1));
        events.add(13, event("spoiler", 1, "rule", "spoiler", 1));
        try (FaultyProxy proxy = new FaultyProxy(
                SERVER.address(),
                (ordinal, body) -> body.contains("\"text\":\"spoiler\"") ? Fault.TOO_LARGE : Fault.NONE)) {
            run(proxy.address(), names, events);
        }

        assertThat(stored(names)).hasSize(40);
        assertThat(refused(names)).containsOnlyKeys("spoiler");
    }

    @Test
    void aFullDiskOfTheServerIsWaitedOut() throws Exception {
        IndexNames names = names("flood");
        run(SERVER.address(), names, events(1, "before", 1));
        block(names, true);

        CompletableFuture<Void> job =
                CompletableFuture.runAsync(() -> runUnchecked(SERVER.address(), names, events(30, "after", 2)));
        Thread.sleep(2_000);
        assertThat(job).isNotDone();
        block(names, false);

        job.get(30, java.util.concurrent.TimeUnit.SECONDS);
        assertThat(stored(names)).hasSize(30);
        assertThat(refused(names)).isEmpty();
    }

    @Test
    void anEventIsFoundWithinASecondAndAHalf() throws Exception {
        IndexNames names = names("soon");
        run(SERVER.address(), names, events(1, "warm", 1));
        List<VideoEvent> three = events(3, "text", 2);

        run(SERVER.address(), names, three);

        await().atMost(Duration.ofMillis(1_000))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> elasticsearch
                                .client()
                                .count(request -> request.index(names.everyEvent()))
                                .count()
                        == 3);
    }

    @Test
    void aServerThatIsNotThereFailsTheJobAtItsStartInOneSentence() {
        ElasticsearchAddress nobody = ElasticsearchAddress.of("http://127.0.0.1:1");

        assertThatThrownBy(() -> run(nobody, names("nobody"), events(1, "text", 1)))
                .rootCause()
                .isInstanceOf(java.net.ConnectException.class);
        assertThatThrownBy(() -> run(nobody, names("nobody"), events(1, "text", 1)))
                .hasStackTraceContaining(IndexException.class.getName()
                        + ": no Elasticsearch answers at http://127.0.0.1:1: Connection refused");
    }

    @Test
    void aJobThatIsRestoredWhileTheServerIsAwayLosesAndDoublesNothing() throws Exception {
        IndexNames names = names("restore");
        FailOnce.DONE.set(false);
        AtomicBoolean away = new AtomicBoolean();
        try (FaultyProxy proxy = new FaultyProxy(SERVER.address(), (ordinal, body) -> {
            // away from before the failure until some time after it
            away.set(ordinal >= 3 && ordinal < 9);
            return away.get() ? Fault.CUT_AFTER : Fault.NONE;
        })) {
            Configuration configuration = new Configuration();
            configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
            configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1);
            configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(100));
            configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200));
            StreamExecutionEnvironment job = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
            DataGeneratorSource<VideoEvent> source = new DataGeneratorSource<>(
                    number -> event("event-" + number, 1, "rule", "text", 1),
                    400,
                    RateLimiterStrategy.perSecond(100),
                    TypeInformation.of(VideoEvent.class));
            job.fromSource(source, WatermarkStrategy.noWatermarks(), "events")
                    .map(new FailOnce())
                    .sinkTo(new EventSink(proxy.address(), names));
            job.setParallelism(1);
            job.execute("restore");
        }

        assertThat(FailOnce.DONE).isTrue();
        assertThat(stored(names)).hasSize(400);
    }

    /** Fails after the first checkpoint, once. */
    private static final class FailOnce implements MapFunction<VideoEvent, VideoEvent>, CheckpointListener {

        private static final long serialVersionUID = 1L;

        static final AtomicBoolean DONE = new AtomicBoolean();

        private transient boolean checkpointed;

        @Override
        public VideoEvent map(VideoEvent event) {
            if (checkpointed && DONE.compareAndSet(false, true)) {
                throw new IllegalStateException("wanted by the test");
            }
            return event;
        }

        @Override
        public void notifyCheckpointComplete(long id) {
            checkpointed = true;
        }
    }

    private static void run(ElasticsearchAddress address, IndexNames names, Collection<VideoEvent> events)
            throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        StreamExecutionEnvironment job = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        job.setParallelism(1);
        job.fromData(events, TypeInformation.of(VideoEvent.class)).sinkTo(new EventSink(address, names));
        job.execute(names.prefix());
    }

    private static void runUnchecked(ElasticsearchAddress address, IndexNames names, Collection<VideoEvent> events) {
        try {
            run(address, names, events);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<VideoEvent> events(int count, String text, long version) {
        return IntStream.range(0, count)
                .mapToObj(number -> event("event-" + number, version, "rule", text, 1))
                .toList();
    }

    private static VideoEvent event(String id, long version, String rule, String text, double framesPerSecond) {
        return new VideoEvent(
                id,
                version,
                "gate",
                "file:/gate.mp4",
                rule,
                text,
                new TimeSpan(1_000, 2_000),
                Instant.parse("2026-11-01T00:00:00Z").toEpochMilli(),
                0.5,
                VideoEvent.State.CLOSED,
                "nano-1",
                framesPerSecond,
                "2 a second");
    }

    private static Map<String, VideoEvent> stored(IndexNames names) throws IOException {
        elasticsearch.client().indices().refresh(request -> request.index(names.everyEvent()));
        return elasticsearch
                .client()
                .search(request -> request.index(names.everyEvent()).size(1_000), EventDocument.class)
                .hits()
                .hits()
                .stream()
                .collect(Collectors.toMap(Hit::id, hit -> hit.source().toEvent(hit.id())));
    }

    private static Map<String, RefusedDocument> refused(IndexNames names) throws IOException {
        elasticsearch.client().indices().refresh(request -> request.index(names.refused() + "*"));
        return elasticsearch
                .client()
                .search(request -> request.index(names.refused() + "*").size(1_000), RefusedDocument.class)
                .hits()
                .hits()
                .stream()
                .map(Hit::source)
                .collect(Collectors.toMap(RefusedDocument::id, document -> document));
    }

    /** What Elasticsearch itself does when its disk is nearly full. */
    private static void block(IndexNames names, boolean full) throws IOException {
        elasticsearch.client().indices().putSettings(request -> request.index(names.everyEvent())
                .settings(settings -> settings.blocks(blocks -> blocks.readOnlyAllowDelete(full))));
    }

    private static IndexNames names(String test) {
        return new IndexNames(SERVER.prefix() + "-" + test);
    }
}
