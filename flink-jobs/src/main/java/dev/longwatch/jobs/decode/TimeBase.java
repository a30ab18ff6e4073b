// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.decode;

/**
 * The clock of a stream of packets: ticks of {@code num / den} seconds, the first picture at tick {@code start}.
 */
public record TimeBase(int num, int den, long start) {

    /** FFmpeg's word for no time. */
    public static final long NONE = Long.MIN_VALUE;

    private static final long MICROS = 1_000_000;

    public TimeBase {
        if (num <= 0 || den <= 0) {
            throw new IllegalArgumentException("expected a positive time base, found " + num + "/" + den);
        }
    }

    /** Microseconds after the first picture, rounded down. */
    public long micros(long tick) {
        return scaled(tick - start);
    }

    /** The same for a number of ticks. */
    public long scaled(long ticks) {
        long units = Math.multiplyExact(ticks, num);
        return Math.floorDiv(units, den) * MICROS + Math.floorMod(units, (long) den) * MICROS / den;
    }

    /** The last tick not after an instant. */
    public long tick(long micros) {
        double ticks = Math.floor((double) micros / MICROS * den / num);
        return start + (long) ticks;
    }
}
