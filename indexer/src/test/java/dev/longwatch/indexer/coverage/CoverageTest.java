// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longwatch.indexer.coverage.CoverageSpan.State;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CoverageTest {

    @Test
    void theStrongestStateHoldsAndTheSumsAreTheWallClock() {
        Coverage coverage = Coverage.of(
                0,
                100,
                List.of(
                        span(0, 60, State.RECORDED),
                        span(60, 80, State.GAP),
                        span(10, 30, State.ANALYSED),
                        span(25, 40, State.SKIPPED)));

        assertThat(coverage.spans())
                .containsExactly(
                        span(0, 10, State.RECORDED),
                        span(10, 30, State.ANALYSED),
                        span(30, 40, State.SKIPPED),
                        span(40, 60, State.RECORDED),
                        span(60, 80, State.GAP));
        assertThat(coverage.unknownMillis()).isEqualTo(20);
        assertThat(coverage.millis())
                .containsEntry(State.RECORDED, 30L)
                .containsEntry(State.ANALYSED, 20L)
                .containsEntry(State.SKIPPED, 10L)
                .containsEntry(State.GAP, 20L);
    }

    @Test
    void whatTheCameraDidNotDeliverNobodyLookedAtWhateverWasSeenAroundIt() {
        Coverage coverage = Coverage.of(
                0, 100, List.of(span(0, 40, State.RECORDED), span(40, 45, State.GAP), span(0, 100, State.ANALYSED)));

        assertThat(coverage.spans())
                .containsExactly(span(0, 40, State.ANALYSED), span(40, 45, State.GAP), span(45, 100, State.ANALYSED));
    }

    @Test
    void repeatedAndOverlappingEntriesAreOneStretch() {
        Coverage coverage = Coverage.of(
                0,
                100,
                List.of(span(0, 16, State.ANALYSED), span(14, 30, State.ANALYSED), span(0, 16, State.ANALYSED)));

        assertThat(coverage.spans()).containsExactly(span(0, 30, State.ANALYSED));
    }

    @Test
    void whatStandsOutOfTheStretchIsCutOff() {
        Coverage coverage = Coverage.of(50, 60, List.of(span(0, 55, State.GAP), span(58, 90, State.ANALYSED)));

        assertThat(coverage.spans()).containsExactly(span(50, 55, State.GAP), span(58, 60, State.ANALYSED));
        assertThat(coverage.unknownMillis()).isEqualTo(3);
    }

    @Test
    void everyInstantHasOneStateWhateverTheOrderOfTheEntries() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            List<CoverageSpan> entries = new ArrayList<>();
            for (int i = 0; i < random.nextInt(30); i++) {
                int from = random.nextInt(90);
                entries.add(span(from, from + 1 + random.nextInt(20), State.values()[random.nextInt(4)]));
            }
            Coverage coverage = Coverage.of(5, 95, entries);
            Collections.shuffle(entries, random);

            assertThat(Coverage.of(5, 95, entries)).isEqualTo(coverage);
            for (int instant = 5; instant < 95; instant++) {
                assertThat(stateAt(coverage.spans(), instant)).isEqualTo(stateAt(entries, instant));
            }
            assertThat(coverage.millis().values().stream()
                                    .mapToLong(Long::longValue)
                                    .sum()
                            + coverage.unknownMillis())
                    .isEqualTo(90);
        }
    }

    @Test
    void howLikelyRulesWereDoesNotCutAStretchInPieces() {
        List<CoverageSpan> entries = List.of(
                new CoverageSpan("yard", 0, 16, State.ANALYSED, "", 2, 0, List.of(new RuleProbability("car", 0.9))),
                new CoverageSpan("yard", 14, 30, State.ANALYSED, "", 2, 0, List.of(new RuleProbability("car", 0.2))));

        assertThat(Coverage.of(0, 30, entries).spans())
                .containsExactly(new CoverageSpan("yard", 0, 30, State.ANALYSED, "", 2));
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> span(10, 10, State.GAP)).hasMessageContaining("found 10 to 10");
        assertThatThrownBy(() -> new CoverageSpan(" ", 0, 1, State.GAP, "", 0)).hasMessageContaining("needs a stream");
        assertThatThrownBy(() -> Coverage.of(5, 5, List.of())).hasMessageContaining("found 5 to 5");
    }

    private static String stateAt(List<CoverageSpan> spans, long instant) {
        return spans.stream()
                .filter(span -> span.fromMillis() <= instant && instant < span.toMillis())
                .map(CoverageSpan::state)
                .max(State::compareTo)
                .map(State::name)
                .orElse("unknown");
    }

    private static CoverageSpan span(long from, long to, State state) {
        return new CoverageSpan("yard", from, to, state, "", 0);
    }
}
