// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.indexer.local.TestElasticsearch;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.search.EventFilter;
import dev.longwatch.indexer.search.EventSearch;
import dev.longwatch.indexer.sink.FaultyProxy.Fault;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Elasticsearch away for two whole minutes, under more events than a hundred streams make. */
@Tag("bench")
class OutageBench {

    @RegisterExtension
    static final TestElasticsearch SERVER = new TestElasticsearch();

    private static final Duration AWAY = Duration.ofMinutes(2);
    private static final int A_SECOND = 50;
    private static final int EVENTS = 9_000;
    private static final AtomicLong EMITTED = new AtomicLong();

    @Test
    void twoMinutesAway() throws Exception {
        IndexNames names = new IndexNames(SERVER.prefix());
        Configuration configuration = new Configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(5));
        configuration.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, Integer.MAX_VALUE);
        try (FaultyProxy proxy = new FaultyProxy(SERVER.address(), (ordinal, body) -> Fault.NONE);
                Elasticsearch elasticsearch = Elasticsearch.open(SERVER.address())) {
            StreamExecutionEnvironment job = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
            job.setParallelism(1);
            job.fromSource(
                            new DataGeneratorSource<>(
                                    OutageBench::event,
                                    EVENTS,
                                    RateLimiterStrategy.perSecond(A_SECOND),
                                    TypeInformation.of(VideoEvent.class)),
                            WatermarkStrategy.noWatermarks(),
                            "events")
                    .sinkTo(new EventSink(proxy.address(), names));
            CompletableFuture<Void> run = CompletableFuture.runAsync(() -> {
                try {
                    job.execute("outage");
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            await().atMost(Duration.ofMinutes(2)).until(() -> proxy.bulks() >= 20);
            EventSearch search = new EventSearch(elasticsearch, names);
            proxy.down();
            long before = EMITTED.get();
            Thread.sleep(AWAY.toMillis());
            long waiting = EMITTED.get() - search.count(EventFilter.ALL);
            long during = EMITTED.get() - before;
            proxy.up();
            long back = System.nanoTime();
            await().atMost(Duration.ofMinutes(3))
                    .pollInterval(Duration.ofMillis(250))
                    .until(() -> EMITTED.get() - search.count(EventFilter.ALL) < 2 * A_SECOND);
            double drained = (System.nanoTime() - back) / 1e9;
            run.get(10, TimeUnit.MINUTES);
            elasticsearch.client().indices().refresh(refresh -> refresh.index(names.everyEvent()));
            assertThat(search.count(EventFilter.ALL)).isEqualTo(EVENTS);
            report(String.format(
                    Locale.ROOT,
                    "- %s OutageBench, %d processors at load %.1f: Elasticsearch away for %d s under %d events a second; %d"
                            + " came meanwhile, %d waited at its end, written %.1f s after its return; all %d kept once, no"
                            + " restart%n",
                    Instant.now().truncatedTo(ChronoUnit.SECONDS),
                    Runtime.getRuntime().availableProcessors(),
                    ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                    AWAY.toSeconds(),
                    A_SECOND,
                    during,
                    waiting,
                    drained,
                    EVENTS));
        }
    }

    private static VideoEvent event(long number) {
        EMITTED.incrementAndGet();
        return new VideoEvent(
                "event-" + number,
                1,
                "stream-" + number % 100,
                "recording:/recordings",
                "a car",
                "a red car stops at the gate",
                new TimeSpan(number * 1_000, number * 1_000 + 900),
                Instant.parse("2026-11-01T00:00:00Z").toEpochMilli(),
                0.5,
                VideoEvent.State.CLOSED,
                "nano-1",
                2,
                "2 a second");
    }

    private static void report(String line) throws IOException {
        System.out.print(line);
        Path measured = Path.of(System.getProperty("longwatch.root"), "docs", "measured.md");
        Files.createDirectories(measured.getParent());
        Files.writeString(measured, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
