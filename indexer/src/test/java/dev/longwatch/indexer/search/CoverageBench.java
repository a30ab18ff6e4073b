// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.coverage.Coverage;
import dev.longwatch.indexer.coverage.CoverageSpan;
import dev.longwatch.indexer.coverage.CoverageSpan.State;
import dev.longwatch.indexer.coverage.RuleProbability;
import dev.longwatch.indexer.local.TestElasticsearch;
import dev.longwatch.indexer.schema.IndexNames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * How long the ledger of days of a live stream takes to read: a clip of 16 s every 4 s with ten rules, a gap of 3 s every
 * hour. The peer reads every entry.
 */
@Tag("bench")
class CoverageBench {

    @RegisterExtension
    static final TestElasticsearch SERVER = new TestElasticsearch();

    private static final long MIDNIGHT = 1_793_491_200_000L;
    private static final long HOUR = 3_600_000;
    private static final int DAYS = Integer.getInteger("longwatch.bench.days", 3);

    @Test
    void daysOfALiveStream() throws IOException {
        try (Elasticsearch elasticsearch = Elasticsearch.open(SERVER.address())) {
            IndexNames names = new IndexNames(SERVER.prefix() + "-days");
            for (int hour = 0; hour < 24 * DAYS; hour++) {
                Stored.in(elasticsearch, names)
                        .coverage(hour(MIDNIGHT + hour * HOUR).toArray(CoverageSpan[]::new))
                        .store();
            }
            CoverageLedger ledger = new CoverageLedger(elasticsearch, names);
            for (int days = 1; days <= DAYS; days += DAYS - 1) {
                for (int round = 0; round < 4; round++) {
                    long to = MIDNIGHT + days * 24 * HOUR;
                    long began = System.nanoTime();
                    Coverage whole = Coverage.of(MIDNIGHT, to, ledger.entries("yard", MIDNIGHT, to));
                    long between = System.nanoTime();
                    Coverage coverage = ledger.of("yard", MIDNIGHT, to);
                    System.out.printf(
                            "%d days, round %d: entry by entry %.0f ms, by the hour %.0f ms%n",
                            days, round + 1, (between - began) / 1e6, (System.nanoTime() - between) / 1e6);
                    assertThat(coverage).isEqualTo(whole);
                    assertThat(coverage.millis(State.GAP)).isEqualTo(days * 24 * 3_000L);
                    assertThat(coverage.unknownMillis()).isZero();
                }
            }
        }
    }

    private static List<CoverageSpan> hour(long from) {
        List<CoverageSpan> entries = new ArrayList<>();
        entries.add(new CoverageSpan("yard", from, from + 3_000, State.GAP, "the camera did not answer", 0));
        entries.add(new CoverageSpan("yard", from + 3_000, from + HOUR, State.RECORDED, "", 0));
        List<RuleProbability> asked = IntStream.range(0, 10)
                .mapToObj(rule -> new RuleProbability("rule number " + rule, rule / 10.0))
                .toList();
        for (long at = from + 3_000; at < from + HOUR; at += 4_000) {
            entries.add(
                    new CoverageSpan("yard", at, Math.min(from + HOUR, at + 16_000), State.ANALYSED, "", 2, 0, asked));
        }
        return entries;
    }
}
