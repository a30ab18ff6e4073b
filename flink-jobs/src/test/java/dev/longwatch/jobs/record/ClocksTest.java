// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.longwatch.jobs.record.Continuity.Step;
import dev.longwatch.jobs.record.Ledger.Stretch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** All that is decided about time, without waiting for any. */
class ClocksTest {

    private static final long SECOND = 1_000_000;

    @Test
    void attemptsAreMadeLessAndLessOftenAndSpread() {
        Backoff backoff = new Backoff(new Random(7));
        long lasted = 0;
        for (int attempt = 0; attempt < 60; attempt++) {
            long base = Math.min(15_000, 500 + lasted / 10);
            lasted += base;
            assertThat(backoff.after(Condition.REFUSED).toMillis())
                    .as("after %d ms", lasted)
                    .isCloseTo(base, withinPercentage(21))
                    .isNotEqualTo(base);
        }
        backoff.reset();

        assertThat(backoff.after(Condition.DISCONNECTED)).isLessThan(Duration.ofMillis(601));
    }

    @Test
    void aWrongPasswordIsNotTriedOften() {
        assertThat(new Backoff(new Random(7)).after(Condition.UNAUTHORIZED)).isGreaterThan(Duration.ofSeconds(23));
    }

    @Test
    void aBurstAtTheBeginningTellsWhenItsPicturesWereTaken() {
        ClockOffset clock = new ClockOffset();
        for (int i = 0; i < 150; i++) {
            clock.arrived(i * SECOND / 25, 1_000 * SECOND + i * 1_000);
        }

        // the last of six seconds of pictures was taken when it came
        assertThat(clock.micros()).isCloseTo(994 * SECOND, within(SECOND / 4));
        assertThat(clock.source()).isEqualTo(ClockSource.ARRIVAL);
    }

    @Test
    void aNetworkThatHoldsPacketsUpDoesNotMoveTheClock() {
        ClockOffset clock = new ClockOffset();
        for (int i = 0; i < 25 * 60; i++) {
            long late = i % 100 < 50 ? 0 : 2 * SECOND;
            clock.arrived(i * SECOND / 25, 1_000 * SECOND + i * SECOND / 25 + late);
        }

        assertThat(clock.micros()).isCloseTo(1_000 * SECOND, within(SECOND / 100));
    }

    @Test
    void aCameraWhoseClockDriftsIsFollowed() {
        ClockOffset clock = new ClockOffset();
        for (int i = 0; i < 25 * 600; i++) {
            long now = 1_000 * SECOND + i * SECOND / 25;
            clock.arrived((now - 1_000 * SECOND) * 9_999 / 10_000, now);
        }

        assertThat(clock.micros()).isCloseTo(1_000 * SECOND + 60_000, within(SECOND / 100));
    }

    @Test
    void aSenderIsBelievedOnlyIfItsClockIsRight() {
        ClockOffset clock = new ClockOffset();
        clock.arrived(SECOND, 1_000 * SECOND);
        clock.reported(SECOND, 1_000 * SECOND - 200_000);
        assertThat(clock.source()).isEqualTo(ClockSource.SENDER);
        assertThat(clock.micros()).isEqualTo(999 * SECOND - 200_000);

        clock.reported(SECOND, 0);
        assertThat(clock.source()).isEqualTo(ClockSource.ARRIVAL);
    }

    @Test
    void theMachinesClockMayBeSetBackAndTheRecordingsIsNot() {
        AtomicLong nanos = new AtomicLong();
        AtomicLong set = new AtomicLong(1_000_000);
        SteadyClock clock = new SteadyClock(clock(nanos, set), nanos::get);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(clock.millis()).isEqualTo(1_001_000);

        set.addAndGet(-3_600_000);
        nanos.addAndGet(Duration.ofSeconds(10).toNanos());
        assertThat(clock.millis()).isBetween(1_010_900L, 1_011_000L);

        set.addAndGet(7_200_000);
        assertThat(clock.millis()).isEqualTo(1_011_000 + 3_600_000);
    }

    @Test
    void everyMillisecondIsAccountedForOnce() {
        Ledger ledger = new Ledger(1_000);

        assertThat(ledger.missingUntil(1_400)).as("too little to tell").isNull();
        assertThat(ledger.missingUntil(4_000)).isEqualTo(new Stretch(1_000, 4_000));
        assertThat(ledger.recordedUntil(8_000)).isEqualTo(new Stretch(4_000, 8_000));
        assertThat(ledger.isCovered(8_000)).isTrue();
        assertThat(ledger.recordedUntil(7_000)).as("the clock was corrected").isEqualTo(new Stretch(8_000, 8_001));
        ledger.forget(new Stretch(8_000, 8_001));
        assertThat(ledger.coveredMillis()).isEqualTo(8_000);
    }

    @Test
    void holesJumpsAndDisorderAreToldApart() {
        Continuity continuity = new Continuity();
        assertThat(continuity.step(0, 0)).isEqualTo(Step.NEXT);
        assertThat(continuity.step(40_000, 40_000)).isEqualTo(Step.NEXT);
        assertThat(continuity.step(40_000, 50_000)).isEqualTo(Step.STALE);
        assertThat(continuity.step(10_000, 60_000)).isEqualTo(Step.STALE);
        assertThat(continuity.step(5 * SECOND, 5 * SECOND)).isEqualTo(Step.HOLE);
        assertThat(continuity.step(100 * SECOND, 5 * SECOND + 40_000)).isEqualTo(Step.JUMP);
        assertThat(new Continuity().step(0, 0)).isEqualTo(Step.NEXT);
    }

    @Test
    void timeThatBeginsAnewIsAJump() {
        Continuity continuity = new Continuity();
        continuity.step(100 * SECOND, 0);

        assertThat(continuity.step(0, 40_000)).isEqualTo(Step.JUMP);
    }

    @Test
    void aCameraThatSendsAPictureEveryFiveSecondsHasNoHoles() {
        Continuity continuity = new Continuity();
        for (int i = 0; i < 20; i++) {
            assertThat(continuity.step(5 * i * SECOND, 5 * i * SECOND)).isEqualTo(Step.NEXT);
        }
    }

    @Test
    void aCameraThatBecomesSlowIsFollowed() {
        Continuity continuity = new Continuity();
        for (int i = 0; i < 100; i++) {
            continuity.step(i * SECOND / 25, i * SECOND / 25);
        }
        int holes = 0;
        for (int i = 3; i < 20; i++) {
            holes += continuity.step(2 * i * SECOND, 2 * i * SECOND) == Step.HOLE ? 1 : 0;
        }

        assertThat(holes).isBetween(1, 3);
    }

    private static Clock clock(AtomicLong nanos, AtomicLong set) {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return Instant.ofEpochMilli(set.get()).plusNanos(nanos.get());
            }
        };
    }
}
