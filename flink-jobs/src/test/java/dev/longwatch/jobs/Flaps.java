// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.client.ElasticsearchAddress;
import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.indexer.coverage.Coverage;
import dev.longwatch.indexer.coverage.CoverageSpan;
import dev.longwatch.indexer.coverage.CoverageSpan.State;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.schema.Schema;
import dev.longwatch.indexer.search.CoverageLedger;
import dev.longwatch.indexer.sink.CoverageSink;
import dev.longwatch.indexer.watchlist.Sampling;
import dev.longwatch.jobs.clip.ClipGrid;
import dev.longwatch.jobs.follow.Watchlists;
import dev.longwatch.jobs.ground.ModelFit;
import dev.longwatch.jobs.ground.ScriptedModel;
import dev.longwatch.jobs.record.LiveServer;
import dev.longwatch.jobs.record.RecordOptions;
import dev.longwatch.jobs.record.RecordSource;
import dev.longwatch.jobs.source.VideoRequest;
import dev.longwatch.jobs.source.VideoSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * A camera that goes away and comes back, again and again: a real RTSP server that is killed and started, recorded by one job
 * and watched by another, with the ledger in Elasticsearch. What the ledger says is compared with what was done.
 *
 * @param count how often it goes away
 * @param upMillis how long it is there each time
 * @param leastDownMillis how long it is away at least
 * @param mostDownMillis how long it is away at most
 * @param segment how long segments are
 * @param grid of the clips
 */
record Flaps(int count, long upMillis, long leastDownMillis, long mostDownMillis, Duration segment, ClipGrid grid) {

    private static final String STREAM = "gate";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /**
     * One absence, and what the ledger says of it.
     *
     * @param goneMillis when the camera was killed, milliseconds since 1970 UTC
     * @param backMillis when it answered again
     * @param gapFromMillis where the gap begins that is nearest to it
     * @param gapToMillis where that ends
     */
    record Absence(long goneMillis, long backMillis, long gapFromMillis, long gapToMillis) {

        long lateMillis() {
            return gapToMillis - backMillis;
        }

        @Override
        public String toString() {
            return String.format(
                    "away %d ms, gap %+d ms after it left to %+d ms after it was back",
                    backMillis - goneMillis, gapFromMillis - goneMillis, lateMillis());
        }
    }

    /**
     * How it came out.
     *
     * @param wallMillis how much wall clock was accounted for
     * @param coverage what the ledger says of it
     * @param documents how many the ledger has of the stream
     */
    record Outcome(long wallMillis, Coverage coverage, List<Absence> absences, int documents) {

        /** What is neither analysed nor skipped nor a gap. */
        long unexplainedMillis() {
            return coverage.millis(State.RECORDED) + coverage.unknownMillis();
        }
    }

    Outcome run(Path folder, ElasticsearchAddress address, String prefix) throws Exception {
        IndexNames names = new IndexNames(prefix);
        int port = LiveServer.freePort();
        int longest = (int) (upMillis / 1_000) + 150;
        Path video = LiveServer.looped("no-b-frames.mp4", longest, folder.resolve("camera.mp4"));
        String recordings = folder.resolve("recordings").toString();
        try (Elasticsearch elasticsearch = Elasticsearch.open(address)) {
            new Schema(elasticsearch, names, 0).install();
            CoverageLedger ledger = new CoverageLedger(elasticsearch, names);
            JobClient record = record(folder, recordings, port, new CoverageSink(address, names, 0));
            LiveServer camera = LiveServer.camera(port, video);
            // a server whose index is being made cannot answer yet
            await().atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(IndexException.class)
                    .until(() -> ledger.extent(STREAM).isPresent());
            long from = ledger.extent(STREAM).orElseThrow().fromMillis();
            JobClient watch = watch(recordings, from, new CoverageSink(address, names, 0));
            try {
                Random random = new Random(count);
                List<long[]> truth = new ArrayList<>();
                for (int flap = 0; flap < count; flap++) {
                    Thread.sleep(upMillis);
                    camera.close();
                    long gone = System.currentTimeMillis();
                    Thread.sleep(random.nextLong(leastDownMillis, mostDownMillis + 1));
                    camera = LiveServer.camera(port, video);
                    truth.add(new long[] {gone, System.currentTimeMillis()});
                }
                Thread.sleep(upMillis);
                long to = System.currentTimeMillis();
                await().atMost(PATIENCE).untilAsserted(() -> assertAnalysed(ledger.of(STREAM, from, to + 1)));
                List<CoverageSpan> entries = ledger.entries(STREAM, from, to);
                Coverage coverage = Coverage.of(from, to, entries);
                return new Outcome(to - from, coverage, absences(truth, coverage), entries.size());
            } finally {
                camera.close();
                cancel(record);
                cancel(watch);
            }
        }
    }

    private static void assertAnalysed(Coverage coverage) {
        List<CoverageSpan> spans = coverage.spans();
        assertThat(spans.get(spans.size() - 1).toMillis()).isEqualTo(coverage.toMillis());
        assertThat(spans).noneMatch(span -> span.state() == State.RECORDED);
    }

    private static List<Absence> absences(List<long[]> truth, Coverage coverage) {
        List<long[]> gaps = new ArrayList<>();
        for (CoverageSpan span : coverage.spans()) {
            if (span.state() == State.GAP) {
                boolean goesOn = !gaps.isEmpty() && gaps.get(gaps.size() - 1)[1] == span.fromMillis();
                if (goesOn) {
                    gaps.get(gaps.size() - 1)[1] = span.toMillis();
                } else {
                    gaps.add(new long[] {span.fromMillis(), span.toMillis()});
                }
            }
        }
        return truth.stream()
                .map(absence -> {
                    long[] nearest = gaps.stream()
                            .min((a, b) -> Long.compare(Math.abs(a[0] - absence[0]), Math.abs(b[0] - absence[0])))
                            .orElse(new long[] {0, 0});
                    return new Absence(absence[0], absence[1], nearest[0], nearest[1]);
                })
                .toList();
    }

    private JobClient record(Path folder, String recordings, int port, CoverageSink coverage) throws Exception {
        Watchlists watchlist = new Watchlists(folder);
        watchlist
                .streams(Watchlists.stream(STREAM, "rtsp://127.0.0.1:" + port + "/live", Sampling.LIVE))
                .write();
        RecordSource source =
                new RecordSource(watchlist.file(), RecordOptions.in(recordings).withSegment(segment));
        return new RecordJob(source, new DiscardingSink<>(), new DiscardingSink<>(), new DiscardingSink<>(), coverage)
                .execute(environment());
    }

    private JobClient watch(String recordings, long fromMillis, CoverageSink coverage) throws Exception {
        ScriptedModel.Address model = new ScriptedModel.Address(Square::in);
        VideoSource source = VideoSource.builder()
                .videos(List.of(VideoRequest.recording(STREAM, recordings, fromMillis, VideoRequest.END)))
                .rules(List.of(AlertRule.of("a square")))
                .grid(grid)
                .fit(new ModelFit(model))
                .build();
        return new WatchJob(
                        source,
                        model,
                        0,
                        new DiscardingSink<>(),
                        new DiscardingSink<>(),
                        new DiscardingSink<>(),
                        coverage)
                .execute(environment());
    }

    private static StreamExecutionEnvironment environment() {
        Configuration settings = new Configuration();
        settings.setString("execution.checkpointing.interval", "2 s");
        settings.setString("restart-strategy.type", "none");
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(settings);
        env.setParallelism(1);
        return env;
    }

    /** Returns when nobody writes any more. */
    private static void cancel(JobClient job) throws Exception {
        job.cancel().get();
        await().atMost(PATIENCE).until(() -> job.getJobStatus().get().isGloballyTerminalState());
    }
}
