// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.decode;

/**
 * The clock of a stream of packets: ticks of {@code num / den} seconds, the first picture at tick {@code start}.
 */
record TimeBase(int num, int den, long start) {

    /** FFmpeg's word for no time. */
    static final long NONE = Long.MIN_VALUE;

    private static final long MICROS = 1_000_000;

    TimeBase {
        if (num <= 0 || den <= 0) {
            throw new IllegalArgumentException("expected a positive time base, found " + num + "/" + den);
        }
    }

    /** Microseconds after the first picture, rounded down. */
    long micros(long tick) {
        return scaled(tick - start);
    }

    /** The same for a number of ticks. */
    long scaled(long ticks) {
        long units = Math.multiplyExact(ticks, num);
        return Math.floorDiv(units, den) * MICROS + Math.floorMod(units, (long) den) * MICROS / den;
    }

    /** The last tick not after an instant. */
    long tick(long micros) {
        double ticks = Math.floor((double) micros / MICROS * den / num);
        return start + (long) ticks;
    }
}
