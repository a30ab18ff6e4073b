// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The wall clock of an epoch's time 0. No packet arrives before it was sent, so the earliest arrival of the last half minute
 * tells it best: servers begin with a burst, networks hold packets up. It moves slowly once it is known, as clocks of cameras
 * drift. A sender that tells the time itself is believed if its clock is right to within a second or so.
 */
final class ClockOffset {

    private static final long SETTLING_MICROS = 10_000_000;
    private static final long BUCKET_MICROS = 10_000_000;
    private static final int BUCKETS = 3;
    private static final long SLEW_PARTS = 1_000;
    private static final long BELIEVED_MICROS = 1_500_000;

    /** the least offset of each ten seconds, newest last */
    private final Deque<Long> least = new ArrayDeque<>();

    private long startMicros = -1;
    private long bucketMicros;
    private long movedMicros;
    private long arrival;
    private long sender;
    private boolean reported;

    /** A picture of time {@code ptsMicros} arrived. */
    void arrived(long ptsMicros, long nowMicros) {
        long offset = nowMicros - ptsMicros;
        if (startMicros < 0) {
            startMicros = nowMicros;
            bucketMicros = nowMicros;
            movedMicros = nowMicros;
            arrival = offset;
            least.add(offset);
            return;
        }
        if (nowMicros - bucketMicros >= BUCKET_MICROS) {
            bucketMicros = nowMicros;
            least.addLast(offset);
            if (least.size() > BUCKETS) {
                least.removeFirst();
            }
        } else if (offset < least.getLast()) {
            least.removeLast();
            least.addLast(offset);
        }
        if (nowMicros - startMicros < SETTLING_MICROS) {
            arrival = Math.min(arrival, offset);
        } else {
            long target = least.stream().mapToLong(Long::longValue).min().orElse(arrival);
            long most = (nowMicros - movedMicros) / SLEW_PARTS;
            arrival += Math.max(-most, Math.min(most, target - arrival));
            // what is too little for a step is kept for the next
            if (most == 0) {
                return;
            }
        }
        movedMicros = nowMicros;
    }

    /** The sender says that a picture of time {@code ptsMicros} was taken then. */
    void reported(long ptsMicros, long senderMicros) {
        sender = senderMicros - ptsMicros;
        reported = true;
    }

    long micros() {
        return source() == ClockSource.SENDER ? sender : arrival;
    }

    ClockSource source() {
        return reported && Math.abs(sender - arrival) <= BELIEVED_MICROS ? ClockSource.SENDER : ClockSource.ARRIVAL;
    }
}
