// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longwatch.indexer.coverage.Coverage;
import dev.longwatch.indexer.coverage.CoverageSpan;
import dev.longwatch.indexer.coverage.CoverageSpan.State;
import dev.longwatch.indexer.watchlist.Sampling;
import dev.longwatch.jobs.decode.Videos;
import dev.longwatch.jobs.follow.Watchlists;
import dev.longwatch.jobs.record.Condition;
import dev.longwatch.jobs.record.Gap;
import dev.longwatch.jobs.record.IndexEntry;
import dev.longwatch.jobs.record.IndexPosition;
import dev.longwatch.jobs.record.RecordOptions;
import dev.longwatch.jobs.record.RecordSource;
import dev.longwatch.jobs.record.Segment;
import dev.longwatch.jobs.record.SegmentIndex;
import dev.longwatch.jobs.record.StreamFolder;
import dev.longwatch.jobs.record.StreamState;
import dev.longwatch.jobs.record.StreamUpdate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The whole job on a cluster: two streams that are played, and one address that is never opened. */
@Timeout(120)
class RecordJobTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    static final MiniClusterExtension flink = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(2)
            .setNumberSlotsPerTaskManager(2)
            .build());

    @TempDir
    private Path folder;

    private final KeptSink<Segment> segments = new KeptSink<>("segments");
    private final KeptSink<Gap> gaps = new KeptSink<>("gaps");
    private final KeptSink<StreamState> states = new KeptSink<>("states");
    private final KeptSink<CoverageSpan> coverage = new KeptSink<>("coverage");

    @Test
    void aRecorderThatIsKilledLosesNoSegmentAndTellsItsAbsence(@InjectMiniCluster MiniCluster cluster)
            throws Exception {
        List<IndexEntry> told = new ArrayList<>();
        JobClient job = start();
        await().atMost(PATIENCE).until(() -> segmentsOf("hall", told) >= 2 && segmentsOf("gate", told) >= 2);
        int before = segmentsOf("hall", told);
        cluster.terminateTaskManager(0).get();
        cluster.startTaskManager();
        cluster.terminateTaskManager(1).get();
        cluster.startTaskManager();
        await().atMost(PATIENCE)
                .until(() -> segmentsOf("hall", told) >= before + 2 && segmentsOf("gate", told) >= before + 2);
        job.cancel().get();
        await().atMost(PATIENCE).until(() -> job.getJobStatus().get().isGloballyTerminalState());
        segmentsOf("hall", told);

        List<CoverageSpan> ledger = coverage.take();
        for (String stream : List.of("hall", "gate")) {
            assertThatTheLedgerIsTheIndex(ledger, stream);
            List<IndexEntry> index = index(stream);
            for (int i = 1; i < index.size(); i++) {
                assertThat(index.get(i).startMillis())
                        .isEqualTo(index.get(i - 1).endMillis());
            }
            assertThat(index)
                    .filteredOn(Gap.class::isInstance)
                    .extracting(gap -> ((Gap) gap).reason())
                    .contains(Condition.STOPPED);
            List<IndexEntry> toldOnce = told.stream()
                    .filter(entry -> entry.stream().equals(stream))
                    .distinct()
                    .toList();
            // the last of them may have been recorded while the job was cancelled
            IndexEntry last = toldOnce.stream()
                    .max((a, b) -> Long.compare(a.endMillis(), b.endMillis()))
                    .orElseThrow();
            assertThat(toldOnce).containsExactlyInAnyOrderElementsOf(index.subList(0, index.indexOf(last) + 1));
        }
        assertThat(states.take())
                .filteredOn(state -> state.stream().equals("cellar"))
                .isNotEmpty()
                .allSatisfy(state -> assertThat(state.condition()).isEqualTo(Condition.NOT_ALLOWED))
                .allSatisfy(state -> assertThat(state.sentence()).doesNotContain("hunter2"));
    }

    private void assertThatTheLedgerIsTheIndex(List<CoverageSpan> ledger, String stream) throws Exception {
        List<CoverageSpan> entries =
                ledger.stream().filter(span -> span.stream().equals(stream)).toList();
        long from = entries.stream().mapToLong(CoverageSpan::fromMillis).min().orElseThrow();
        long to = entries.stream().mapToLong(CoverageSpan::toMillis).max().orElseThrow();
        Coverage coverage = Coverage.of(from, to, entries);
        assertThat(coverage.unknownMillis()).isZero();
        for (State state : List.of(State.RECORDED, State.GAP)) {
            long indexed = index(stream).stream()
                    .filter(entry -> entry.endMillis() <= to && entry instanceof Gap == (state == State.GAP))
                    .mapToLong(entry -> entry.endMillis() - entry.startMillis())
                    .sum();
            assertThat(coverage.millis()).as(stream).containsEntry(state, indexed);
        }
    }

    @Test
    void whatTravelsNeedsNoKryo() {
        PojoTestUtils.assertSerializedAsPojoWithoutKryo(StreamUpdate.class);
        PojoTestUtils.assertSerializedAsPojoWithoutKryo(Segment.class);
        PojoTestUtils.assertSerializedAsPojoWithoutKryo(Gap.class);
        PojoTestUtils.assertSerializedAsPojoWithoutKryo(StreamState.class);
    }

    private JobClient start() throws Exception {
        Configuration settings = new Configuration();
        settings.setString("execution.checkpointing.interval", "200 ms");
        settings.setString("restart-strategy.type", "fixed-delay");
        settings.setString("restart-strategy.fixed-delay.attempts", "20");
        settings.setString("restart-strategy.fixed-delay.delay", "600 ms");
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(settings);
        env.setParallelism(2);
        Watchlists watchlist = new Watchlists(folder);
        watchlist
                .streams(
                        Watchlists.stream("hall", Videos.uri("b-frames.ts"), Sampling.LIVE),
                        Watchlists.stream("gate", Videos.uri("no-b-frames.mp4"), Sampling.LIVE),
                        Watchlists.stream("cellar", "gopher://guard:hunter2@127.0.0.1/", Sampling.LIVE))
                .write();
        RecordSource source = new RecordSource(
                watchlist.file(), RecordOptions.in(folder.toString()).withSegment(Duration.ofSeconds(1)));
        return new RecordJob(source, segments, gaps, states, coverage).execute(env);
    }

    /** Adds what was told meanwhile. */
    private int segmentsOf(String stream, List<IndexEntry> told) {
        told.addAll(segments.take());
        told.addAll(gaps.take());
        return (int) told.stream()
                .filter(entry -> entry instanceof Segment && entry.stream().equals(stream))
                .distinct()
                .count();
    }

    private List<IndexEntry> index(String stream) throws Exception {
        SegmentIndex index = new SegmentIndex(StreamFolder.of(folder.toString(), stream));
        List<IndexEntry> entries = new ArrayList<>();
        for (SegmentIndex.Lines lines = index.read(IndexPosition.START);
                !lines.entries().isEmpty();
                lines = index.read(lines.next())) {
            entries.addAll(lines.entries());
        }
        return entries;
    }
}
