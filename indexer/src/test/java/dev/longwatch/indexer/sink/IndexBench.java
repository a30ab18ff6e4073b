// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.indexer.local.TestElasticsearch;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.search.EventFilter;
import dev.longwatch.indexer.search.EventSearch;
import dev.longwatch.indexer.search.SearchRequest;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How fast events are kept and found again: a month of a hundred streams, one Flink task, the local server. */
@Tag("bench")
class IndexBench {

    @RegisterExtension
    static final TestElasticsearch SERVER = new TestElasticsearch();

    private static final int EVENTS = 200_000;
    private static final int SEARCHES = 500;

    private static final List<String> WHO = List.of("man", "woman", "child", "dog", "car", "truck", "bicycle", "guard");
    private static final List<String> LOOK = List.of("red", "blue", "old", "tall", "white", "fast", "small", "dark");
    private static final List<String> DOES = List.of("stops", "falls", "leaves", "enters", "waits", "turns", "parks");
    private static final List<String> WHERE = List.of("gate", "door", "ramp", "shelf", "corridor", "crossing", "yard");

    @Test
    void keepAndFind() throws Exception {
        IndexNames names = new IndexNames(SERVER.prefix());
        StreamExecutionEnvironment job = StreamExecutionEnvironment.getExecutionEnvironment();
        job.setParallelism(1);
        job.fromSource(
                        new DataGeneratorSource<>(IndexBench::event, EVENTS, TypeInformation.of(VideoEvent.class)),
                        WatermarkStrategy.noWatermarks(),
                        "events")
                .sinkTo(new EventSink(SERVER.address(), names));

        long began = System.nanoTime();
        job.execute("bench");
        double seconds = (System.nanoTime() - began) / 1e9;

        try (Elasticsearch elasticsearch = Elasticsearch.open(SERVER.address())) {
            elasticsearch.client().indices().refresh(request -> request.index(names.everyEvent()));
            EventSearch search = new EventSearch(elasticsearch, names);
            assertThat(search.count(EventFilter.ALL)).isEqualTo(EVENTS);
            double[] millis = searches(search);
            report(String.format(
                    Locale.ROOT,
                    "- %s IndexBench, %d processors at load %.1f, Java %s: %d events through the sink at %.0f a second, all"
                            + " found again; searches of three words p50 %.0f ms, p95 %.0f ms%n",
                    Instant.now().truncatedTo(ChronoUnit.SECONDS),
                    Runtime.getRuntime().availableProcessors(),
                    ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                    System.getProperty("java.version"),
                    EVENTS,
                    EVENTS / seconds,
                    millis[SEARCHES / 2],
                    millis[SEARCHES * 95 / 100]));
        }
    }

    private static double[] searches(EventSearch search) {
        Random random = new Random(7);
        double[] millis = new double[SEARCHES];
        for (int i = -50; i < SEARCHES; i++) {
            SearchRequest request = SearchRequest.of(words(random));
            long began = System.nanoTime();
            assertThat(search.find(request).total()).isPositive();
            if (i >= 0) {
                millis[i] = (System.nanoTime() - began) / 1e6;
            }
        }
        Arrays.sort(millis);
        return millis;
    }

    private static VideoEvent event(long number) {
        Random random = new Random(number);
        long start = number * 10_000;
        return new VideoEvent(
                "event-" + number,
                1,
                "stream-" + number % 100,
                "file:/videos/" + number % 100 + ".mp4",
                "somebody at the " + any(WHERE, random),
                "a " + words(random) + " at the " + any(WHERE, random),
                new TimeSpan(start, start + 4_000),
                Instant.parse("2026-11-01T00:00:00Z").toEpochMilli(),
                random.nextDouble(),
                VideoEvent.State.CLOSED,
                "nano-1",
                2,
                "2 a second");
    }

    private static String words(Random random) {
        return any(LOOK, random) + " " + any(WHO, random) + " " + any(DOES, random);
    }

    private static String any(List<String> words, Random random) {
        return words.get(random.nextInt(words.size()));
    }

    private static void report(String line) throws IOException {
        System.out.print(line);
        Path measured = Path.of(System.getProperty("longwatch.root"), "docs", "measured.md");
        Files.createDirectories(measured.getParent());
        Files.writeString(measured, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
