// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

/** Tells whether a packet follows the one before it, from when it is to be decoded and when it came. */
final class Continuity {

    private static final long HOLE_MICROS = 700_000;

    /** a camera that sends a picture every ten seconds has no holes of ten seconds */
    private static final int HOLE_INTERVALS = 4;

    /** time cannot pass faster in a stream than here, but for what a server sends in advance */
    private static final long AHEAD_MICROS = 5_000_000;

    private static final long BACK_MICROS = 2_000_000;

    enum Step {
        /** it follows */
        NEXT,
        /** pictures are missing before it */
        HOLE,
        /** the stream counts time anew */
        JUMP,
        /** it is out of order and can only be left out */
        STALE
    }

    private boolean started;
    private long lastMicros;
    private long lastNowMicros;
    private double intervalMicros;

    Step step(long dtsMicros, long nowMicros) {
        if (!started) {
            started = true;
            lastMicros = dtsMicros;
            lastNowMicros = nowMicros;
            return Step.NEXT;
        }
        long step = dtsMicros - lastMicros;
        if (step <= 0) {
            return step > -BACK_MICROS ? Step.STALE : Step.JUMP;
        }
        long passed = nowMicros - lastNowMicros;
        lastMicros = dtsMicros;
        lastNowMicros = nowMicros;
        boolean known = intervalMicros > 0;
        boolean far = known && step > Math.max(HOLE_MICROS, HOLE_INTERVALS * intervalMicros);
        if (step > passed + AHEAD_MICROS) {
            return Step.JUMP;
        }
        // after some holes it is the camera that became slow
        intervalMicros = known ? intervalMicros + (step - intervalMicros) / 8 : step;
        return far ? Step.HOLE : Step.NEXT;
    }

    /** How long a picture is on screen, as far as is known, in microseconds. */
    long intervalMicros() {
        return (long) intervalMicros;
    }
}
