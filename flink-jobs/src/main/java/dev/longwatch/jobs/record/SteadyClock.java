// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

import java.time.Clock;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * The machine's clock without its leaps back: set back, it is caught up with slowly, so that no second is recorded twice; set
 * forward by more than a moment, it is followed at once.
 */
final class SteadyClock implements WallClock {

    private static final long LEAP_MICROS = 5_000_000;

    /** of every microsecond that passes, at most this part is added or left out */
    private static final long SLEW_PARTS = 1_000;

    private final Clock system;
    private final LongSupplier nanos;
    private long lastNanos;
    private long now;

    SteadyClock() {
        this(Clock.systemUTC(), System::nanoTime);
    }

    SteadyClock(Clock system, LongSupplier nanos) {
        this.system = system;
        this.nanos = nanos;
        lastNanos = nanos.getAsLong();
        now = systemMicros();
    }

    @Override
    public synchronized long micros() {
        long passed = (nanos.getAsLong() - lastNanos) / 1_000;
        lastNanos += passed * 1_000;
        now += passed;
        long behind = systemMicros() - now;
        if (behind > LEAP_MICROS) {
            now += behind;
        } else {
            long most = passed / SLEW_PARTS;
            now += Math.max(-most, Math.min(most, behind));
        }
        return now;
    }

    private long systemMicros() {
        Instant instant = system.instant();
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
    }
}
