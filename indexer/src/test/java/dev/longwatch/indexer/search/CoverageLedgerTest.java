// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.coverage.Coverage;
import dev.longwatch.indexer.coverage.CoverageSpan;
import dev.longwatch.indexer.coverage.CoverageSpan.State;
import dev.longwatch.indexer.coverage.RuleProbability;
import dev.longwatch.indexer.local.TestElasticsearch;
import dev.longwatch.indexer.schema.CoverageDocument;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.schema.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CoverageLedgerTest {

    @RegisterExtension
    static final TestElasticsearch SERVER = new TestElasticsearch();

    /** A stretch that lies in two months. */
    private static final long MIDNIGHT = 1_793_491_200_000L;

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
    void aLedgerOfMoreThanAPageAddsUpToTheWallClock() throws IOException {
        IndexNames names = installed("pages");
        List<CoverageSpan> entries = new ArrayList<>();
        for (int i = 0; i < 1_100; i++) {
            long from = MIDNIGHT + (i - 550) * 2_000L;
            entries.add(span("yard", from, from + 4_000, State.ANALYSED));
        }
        entries.add(span("yard", MIDNIGHT + 1_102_000, MIDNIGHT + 1_110_000, State.GAP));
        entries.add(span("gate", MIDNIGHT - 5_000_000, MIDNIGHT + 5_000_000, State.SKIPPED));
        write(names, entries);

        Coverage coverage =
                new CoverageLedger(elasticsearch, names).of("yard", MIDNIGHT - 1_100_000, MIDNIGHT + 1_112_000);

        assertThat(coverage.spans())
                .containsExactly(
                        span("yard", MIDNIGHT - 1_100_000, MIDNIGHT + 1_102_000, State.ANALYSED),
                        span("yard", MIDNIGHT + 1_102_000, MIDNIGHT + 1_110_000, State.GAP));
        assertThat(coverage.unknownMillis()).isEqualTo(2_000);
    }

    @Test
    void whatReachesIntoTheStretchByLessThanASecondCounts() throws IOException {
        IndexNames names = installed("borders");
        write(
                names,
                List.of(
                        span("yard", MIDNIGHT - 1_000, MIDNIGHT + 1, State.ANALYSED),
                        span("yard", MIDNIGHT + 9_999, MIDNIGHT + 20_000, State.GAP)));

        Coverage coverage = new CoverageLedger(elasticsearch, names).of("yard", MIDNIGHT, MIDNIGHT + 10_000);

        assertThat(coverage.unknownMillis()).isEqualTo(9_998);
    }

    @Test
    void nothingIsKnownOfAStreamThatNobodyWroteAbout() {
        Coverage coverage = new CoverageLedger(elasticsearch, installed("nobody")).of("yard", 0, 1_000);

        assertThat(coverage.spans()).isEmpty();
        assertThat(coverage.unknownMillis()).isEqualTo(1_000);
    }

    @Test
    void aStreamThatIsDeletedLosesItsLedger() throws IOException {
        IndexNames names = installed("deleted");
        write(names, List.of(span("yard", 0, 1_000, State.ANALYSED), span("gate", 0, 1_000, State.GAP)));

        assertThat(new EventSearch(elasticsearch, names).delete("yard")).isEqualTo(1);

        CoverageLedger ledger = new CoverageLedger(elasticsearch, names);
        assertThat(ledger.of("yard", 0, 1_000).spans()).isEmpty();
        assertThat(ledger.of("gate", 0, 1_000).spans()).hasSize(1);
    }

    @Test
    void whatIsKnownIsTold() throws IOException {
        IndexNames names = installed("known");
        CoverageLedger ledger = new CoverageLedger(elasticsearch, names);
        assertThat(ledger.streams()).isEmpty();
        assertThat(ledger.extent("yard")).isEmpty();
        write(
                names,
                List.of(
                        span("yard", 5_000, 6_000, State.RECORDED),
                        span("yard", MIDNIGHT, MIDNIGHT + 60_000, State.GAP),
                        file(MIDNIGHT, 0, 16_000),
                        file(MIDNIGHT + 500_000, 14_000, 30_000)));

        assertThat(ledger.streams()).containsExactly("a.mp4", "yard");
        assertThat(ledger.extent("yard")).contains(new CoverageLedger.Extent(5_000, MIDNIGHT + 60_000, 0));
        assertThat(ledger.extent("a.mp4"))
                .contains(new CoverageLedger.Extent(MIDNIGHT + 500_000, MIDNIGHT + 530_000, MIDNIGHT + 500_000));
        assertThat(ledger.entries("a.mp4", MIDNIGHT, MIDNIGHT + 20_000)).containsExactly(file(MIDNIGHT, 0, 16_000));
    }

    private static CoverageSpan file(long recordedAt, long from, long to) {
        return new CoverageSpan(
                "a.mp4",
                recordedAt + from,
                recordedAt + to,
                State.ANALYSED,
                "",
                2,
                recordedAt,
                List.of(new RuleProbability("a car", 0.75), new RuleProbability("a dog", 0.125)));
    }

    private static IndexNames installed(String test) {
        IndexNames names = new IndexNames(SERVER.prefix() + "-" + test);
        new Schema(elasticsearch, names, 0).install();
        return names;
    }

    private static void write(IndexNames names, List<CoverageSpan> entries) throws IOException {
        elasticsearch.client().bulk(bulk -> {
            entries.forEach(entry -> bulk.operations(operation -> operation.index(index ->
                    index.index(names.ofCoverage(entry)).id(entry.id()).document(CoverageDocument.of(entry)))));
            return bulk;
        });
        elasticsearch.client().indices().refresh(refresh -> refresh.index(names.everyCoverage()));
    }

    private static CoverageSpan span(String stream, long from, long to, State state) {
        return new CoverageSpan(stream, from, to, state, "", 0);
    }
}
