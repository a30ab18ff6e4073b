// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.VersionType;
import co.elastic.clients.elasticsearch.core.bulk.BulkOperation;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.embed.MiniLm;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.indexer.event.Wording;
import dev.longwatch.indexer.local.Lease;
import dev.longwatch.indexer.local.LocalElasticsearch;
import dev.longwatch.indexer.local.ServerSettings;
import dev.longwatch.indexer.local.TestElasticsearch;
import dev.longwatch.indexer.schema.EventDocument;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.schema.Schema;
import dev.longwatch.indexer.wording.Wordings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How fast a search is over 100,000 and 1,000,000 events: one server with 1 GiB of heap and its usual compiler, four people
 * searching at once. The peer, in turns with ours, is the same words as one plain BM25 query over the events themselves.
 */
@Tag("bench")
class SearchBench {

    private static final int SEARCHERS = 4;
    private static final int EACH = 60;
    private static final int BULK = 2_000;
    private static final int SCENES = 4_000;
    private static final int WRITTEN = 50;
    private static final int WARM_UPS = 3;

    /** One search, however it is done; gives how many it found. */
    private interface Way {
        long find(LabelledQuery query) throws IOException;
    }

    @Test
    void fourPeopleAtOnce() throws Exception {
        int most = Integer.getInteger("longwatch.bench.events", 1_000_000);
        Path data = Files.createTempDirectory("longwatch-bench");
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
        ServerSettings settings = ServerSettings.of(data, TestElasticsearch.archive())
                .withHeapMegabytes(1_024)
                .withQuick(false)
                .withLinger(Duration.ZERO);
        Lease lease = LocalElasticsearch.lease(settings, words -> {});
        try (Elasticsearch elasticsearch = Elasticsearch.open(lease.address())) {
            IndexNames names = new IndexNames("bench");
            new Schema(elasticsearch, names, 0).install();
            List<Scenes.Scene> scenes = Scenes.make(SCENES);
            int kept = 0;
            for (int events : new int[] {Math.min(100_000, most), most}) {
                double rate = keep(elasticsearch, names, scenes, kept, events);
                kept = events;
                measure(elasticsearch, names, scenes, events, rate);
            }
        } finally {
            lease.close();
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> ProcessHandle.of(lease.server().keeperPid()).isEmpty());
            try (Stream<Path> files = Files.walk(data)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static double keep(
            Elasticsearch elasticsearch, IndexNames names, List<Scenes.Scene> scenes, int from, int to)
            throws IOException {
        Wordings wordings = new Wordings(elasticsearch, names, MiniLm.shared());
        long began = System.nanoTime();
        for (int first = from; first < to; first += BULK) {
            List<VideoEvent> events = events(scenes, first, Math.min(to, first + BULK));
            wordings.ensure(events.stream().map(Wording::of).toList());
            write(elasticsearch, names, events);
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        elasticsearch.client().indices().refresh(refresh -> refresh.index(names.prefix() + "-*"));
        return (to - from) / seconds;
    }

    private static List<VideoEvent> events(List<Scenes.Scene> scenes, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> event(scenes.get(i % scenes.size()).event(), i))
                .toList();
    }

    private static void write(Elasticsearch elasticsearch, IndexNames names, List<VideoEvent> events)
            throws IOException {
        List<BulkOperation> operations = events.stream()
                .map(event -> BulkOperation.of(operation -> operation.index(index -> index.index(names.ofEvent(event))
                        .id(event.id())
                        .version(event.version())
                        .versionType(VersionType.ExternalGte)
                        .document(EventDocument.of(event)))))
                .toList();
        assertThat(elasticsearch
                        .client()
                        .bulk(bulk -> bulk.operations(operations))
                        .errors())
                .isFalse();
    }

    private static void measure(
            Elasticsearch elasticsearch, IndexNames names, List<Scenes.Scene> scenes, int events, double rate)
            throws Exception {
        EventSearch search = new EventSearch(elasticsearch, names);
        assertThat(search.count(EventFilter.ALL)).isEqualTo(events);
        Way ours = query -> search.find(SearchRequest.of(query.text()).askedAt(Scenes.ASKED))
                .total();
        Way words = query -> search.find(
                        SearchRequest.of(query.text()).askedAt(Scenes.ASKED).by(SearchRequest.Method.WORDS))
                .total();
        Way filtered = query -> search.find(SearchRequest.of(query.text())
                        .askedAt(Scenes.ASKED)
                        .where(EventFilter.ALL.inStreams("cam-3").atLeast(0.5)))
                .total();
        Way peer = query -> plain(elasticsearch, names, query);
        // loads the model and the thesaurus, fills the server's caches, and gives its compiler something to go by
        for (int round = 0; round < WARM_UPS; round++) {
            timed(ours);
            timed(peer);
        }
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT,
                "- %s SearchBench, %d processors at load %.1f, Java %s, %d searchers: %d events, kept at %.0f a second,"
                        + " %d bytes each with their share of %d wordings at %d bytes;",
                Instant.now(),
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                System.getProperty("java.version"),
                SEARCHERS,
                events,
                rate,
                bytes(elasticsearch, names.prefix() + "-*") / events,
                elasticsearch
                        .client()
                        .count(count -> count.index(names.wordings()))
                        .count(),
                bytes(elasticsearch, names.wordings())
                        / elasticsearch
                                .client()
                                .count(count -> count.index(names.wordings()))
                                .count()));
        double[] first = timed(peer);
        double[] both = timed(ours);
        line.append(words("both", both)).append(words("words alone", timed(words)));
        line.append(words("both, of one stream and confidence", timed(filtered)));
        double[] second = timed(peer);
        line.append(words(
                "both, while " + WRITTEN + " events a second come in",
                whileWritten(elasticsearch, names, scenes, events, () -> timed(ours))));
        line.append(words("plain BM25 over the events, before", first)).append(words("and after", second));
        line.append(String.format(
                Locale.ROOT,
                " ratio of the 95th percentiles %.2f%n",
                both[both.length * 95 / 100]
                        / ((first[first.length * 95 / 100] + second[second.length * 95 / 100]) / 2)));
        System.out.print(line);
        Files.writeString(
                Path.of(System.getProperty("longwatch.root"), "target", "search-bench.txt"),
                line,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /** One match query of the words, as most would write it, with the total that a person is shown. */
    private static long plain(Elasticsearch elasticsearch, IndexNames names, LabelledQuery query) throws IOException {
        return elasticsearch
                .client()
                .search(
                        search -> search.index(names.everyEvent())
                                .size(SearchRequest.LIMIT)
                                .trackTotalHits(total -> total.enabled(true))
                                .query(of ->
                                        of.match(match -> match.field("text").query(query.text())))
                                .sort(sort -> sort.score(score -> score.order(SortOrder.Desc)))
                                .sort(sort -> sort.field(
                                        newest -> newest.field("started_at").order(SortOrder.Desc))),
                        EventDocument.class)
                .hits()
                .hits()
                .size();
    }

    /** Events come in like those of many cameras, which takes from the server's caches what it has counted. */
    private static double[] whileWritten(
            Elasticsearch elasticsearch,
            IndexNames names,
            List<Scenes.Scene> scenes,
            int from,
            Callable<double[]> measured)
            throws Exception {
        AtomicInteger next = new AtomicInteger(from);
        ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor();
        Future<?> writing = writer.scheduleAtFixedRate(
                () -> {
                    int first = next.getAndAdd(WRITTEN / 2);
                    try {
                        write(elasticsearch, names, events(scenes, first, first + WRITTEN / 2));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                0,
                500,
                TimeUnit.MILLISECONDS);
        try {
            double[] millis = measured.call();
            assertThat(writing).isNotDone();
            return millis;
        } finally {
            writer.shutdown();
            assertThat(writer.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    private static double[] timed(Way way) throws Exception {
        Map<String, Double> slowest = new ConcurrentHashMap<>();
        List<LabelledQuery> queries = LabelledQuery.all();
        ExecutorService people = Executors.newFixedThreadPool(SEARCHERS);
        try {
            List<Callable<double[]>> searchers = new ArrayList<>();
            for (int person = 0; person < SEARCHERS; person++) {
                int shift = person * EACH;
                searchers.add(() -> {
                    double[] millis = new double[EACH];
                    for (int i = 0; i < EACH; i++) {
                        long began = System.nanoTime();
                        way.find(queries.get((shift + i) % queries.size()));
                        millis[i] = (System.nanoTime() - began) / 1e6;
                        slowest.merge(queries.get((shift + i) % queries.size()).text(), millis[i], Math::max);
                    }
                    return millis;
                });
            }
            double[] all = new double[0];
            for (Future<double[]> done : people.invokeAll(searchers)) {
                double[] more = done.get();
                all = Arrays.copyOf(all, all.length + more.length);
                System.arraycopy(more, 0, all, all.length - more.length, more.length);
            }
            Arrays.sort(all);
            slowest.entrySet().stream()
                    .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                    .limit(15)
                    .forEach(slow -> System.out.printf(Locale.ROOT, "  %.0f ms %s%n", slow.getValue(), slow.getKey()));
            return all;
        } finally {
            people.shutdown();
        }
    }

    private static String words(String what, double[] millis) {
        return String.format(
                Locale.ROOT,
                " %s p50 %.0f ms, p95 %.0f ms;",
                what,
                millis[millis.length / 2],
                millis[millis.length * 95 / 100]);
    }

    private static long bytes(Elasticsearch elasticsearch, String indices) throws IOException {
        return elasticsearch
                .client()
                .indices()
                .stats(stats -> stats.index(indices))
                .all()
                .primaries()
                .store()
                .sizeInBytes();
    }

    /** The scene's event, told once more at another time. */
    private static VideoEvent event(VideoEvent scene, int number) {
        long shift = number / SCENES * 1_000L;
        return new VideoEvent(
                String.format(Locale.ROOT, "%032x", number),
                1,
                scene.stream(),
                scene.uri(),
                scene.rule(),
                scene.text(),
                new TimeSpan(scene.span().startMillis() + shift, scene.span().endMillis() + shift),
                scene.recordedAtMillis(),
                number % 100 / 100.0,
                VideoEvent.State.CLOSED,
                scene.model(),
                scene.framesPerSecond(),
                scene.sampling());
    }
}
