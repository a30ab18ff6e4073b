// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.longwatch.indexer.coverage.CoverageSpan.State;
import dev.longwatch.indexer.local.TestElasticsearch;
import dev.longwatch.jobs.clip.ClipGrid;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Every second of a camera that comes and goes is analysed, skipped or a gap. */
class FlapsTest {

    @RegisterExtension
    static final TestElasticsearch SERVER = new TestElasticsearch();

    @RegisterExtension
    static final MiniClusterExtension flink = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(2)
            .build());

    @TempDir
    private Path folder;

    @Test
    @Timeout(300)
    void fourTimesInShort() throws Exception {
        assertAccounted(new Flaps(4, 5_000, 1_500, 4_000, Duration.ofSeconds(1), new ClipGrid(4_000, 3_000)));
    }

    /** Half an hour: {@code ./mvnw -Pbench test -pl flink-jobs -am -Dtest=FlapsTest -Dsurefire.failIfNoSpecifiedTests=false}. */
    @Test
    @Tag("bench")
    void twentyTimesInHalfAnHour() throws Exception {
        assertAccounted(new Flaps(20, 68_000, 5_000, 30_000, Duration.ofSeconds(4), ClipGrid.DEFAULT));
    }

    private void assertAccounted(Flaps flaps) throws Exception {
        Flaps.Outcome outcome = flaps.run(folder, SERVER.address(), SERVER.prefix() + "-" + flaps.count());

        System.out.printf(
                "flaps: %d absences in %d ms of wall clock: %s, unknown %d ms, in %d documents%n",
                flaps.count(),
                outcome.wallMillis(),
                outcome.coverage().millis(),
                outcome.coverage().unknownMillis(),
                outcome.documents());
        outcome.absences().forEach(absence -> System.out.println("flaps: " + absence));
        assertThat(outcome.unexplainedMillis()).isBetween(0L, 1_000L);
        // where pictures end is known to the watching job by a picture's turn only, to the recorder exactly
        assertThat(outcome.coverage().millis(State.SKIPPED)).isLessThan(flaps.count() * 100L);
        long awayMillis = 0;
        for (Flaps.Absence absence : outcome.absences()) {
            assertThat(absence.gapFromMillis()).as("%s", absence).isCloseTo(absence.goneMillis(), within(1_000L));
            assertThat(absence.gapToMillis()).as("%s", absence).isGreaterThan(absence.backMillis());
            awayMillis += absence.gapToMillis() - absence.gapFromMillis();
        }
        // the time until the first picture is the only other gap
        assertThat(outcome.coverage().millis(State.GAP)).isBetween(awayMillis, awayMillis + 20_000);
        assertThat(outcome.coverage().millis(State.ANALYSED)).isGreaterThan(flaps.count() * flaps.upMillis() / 2);
    }
}
