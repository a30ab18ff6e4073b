// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.coverage.Coverage;
import dev.longwatch.indexer.coverage.CoverageSpan;
import dev.longwatch.indexer.coverage.CoverageSpan.State;
import dev.longwatch.indexer.coverage.Peaks;
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

    @Test
    void daysReadByTheHourAreWhatTheirEntriesSay() throws IOException {
        IndexNames names = installed("days");
        long day = 24 * FoldedHours.HOUR;
        List<CoverageSpan> entries = new ArrayList<>();
        for (long at = MIDNIGHT - day + 90_000; at < MIDNIGHT + day; at += 240_000) {
            entries.add(asked(at, at + 250_000, at % 7 / 10.0));
        }
        entries.removeIf(
                entry -> entry.fromMillis() > MIDNIGHT && entry.fromMillis() < MIDNIGHT + 5 * FoldedHours.HOUR);
        entries.add(span("yard", MIDNIGHT - 100_000, MIDNIGHT + 4 * FoldedHours.HOUR, State.GAP));
        entries.add(span("yard", MIDNIGHT + 1_000_000, MIDNIGHT + 1_600_000, State.SKIPPED));
        write(names, entries);
        CoverageLedger ledger = new CoverageLedger(elasticsearch, names);

        assertReadAsWritten(ledger, entries, MIDNIGHT - day + 1_234, MIDNIGHT + day - 4_321);
        assertReadAsWritten(ledger, entries, 0, 253_402_300_799_000L);

        // what comes late, in an hour that was read
        entries.add(asked(MIDNIGHT + 4 * FoldedHours.HOUR, MIDNIGHT + 4 * FoldedHours.HOUR + 60_000, 0.9));
        write(names, entries.subList(entries.size() - 1, entries.size()));

        assertReadAsWritten(ledger, entries, MIDNIGHT - day + 1_234, MIDNIGHT + day - 4_321);
    }

    private static void assertReadAsWritten(CoverageLedger ledger, List<CoverageSpan> entries, long from, long to) {
        CoverageLedger.Stretch stretch = ledger.read("yard", 0, from, to, to - from);

        assertThat(stretch.coverage()).isEqualTo(Coverage.of(from, to, entries));
        assertThat(stretch.peaks().rules().get("a car"))
                .isEqualTo(Peaks.of(from, to, to - from, entries).rules().get("a car"));
        assertThat(ledger.read("yard", MIDNIGHT, from, to, to - from).coverage().spans())
                .as("by the clock of a file")
                .isEmpty();
    }

    @Test
    void theClockIsThatOfTheFileWhichWasWatchedLast() throws IOException {
        IndexNames names = installed("clocks");
        CoverageLedger ledger = new CoverageLedger(elasticsearch, names);
        write(
                names,
                List.of(
                        span("yard", MIDNIGHT, MIDNIGHT + 60_000, State.GAP),
                        file(MIDNIGHT, 0, 16_000),
                        file(MIDNIGHT + 5_000, 0, 16_000)));

        assertThat(ledger.clock("a.mp4", MIDNIGHT, MIDNIGHT + 60_000)).hasValue(MIDNIGHT + 5_000);
        assertThat(ledger.clock("yard", MIDNIGHT, MIDNIGHT + 60_000)).hasValue(0);
        assertThat(ledger.clock("yard", MIDNIGHT + 60_000, MIDNIGHT + 90_000)).isEmpty();
        assertThat(ledger.read("a.mp4", MIDNIGHT, MIDNIGHT, MIDNIGHT + 60_000, 60_000)
                        .coverage()
                        .millis(State.ANALYSED))
                .isEqualTo(16_000);
    }

    private static CoverageSpan asked(long from, long to, double probability) {
        return new CoverageSpan(
                "yard", from, to, State.ANALYSED, "", 2, 0, List.of(new RuleProbability("a car", probability)));
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
