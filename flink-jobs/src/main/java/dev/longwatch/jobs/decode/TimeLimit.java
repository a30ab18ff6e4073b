// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.decode;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/** Ends any call into an input that takes too long. */
public final class TimeLimit implements AutoCloseable {

    /** JavaCPP has room for ten callbacks of a kind, so all inputs share this one and are told apart by their address. */
    private static final Shared CALLBACK = new Shared();

    private static final Map<Long, TimeLimit> LIMITS = new ConcurrentHashMap<>();

    private final long address;
    private final long limitNanos;
    private volatile long deadline;
    private volatile boolean exceeded;

    private TimeLimit(long address, Duration limit) {
        this.address = address;
        limitNanos = limit.toNanos();
        restart();
    }

    /** @param input just allocated */
    public static TimeLimit of(AVFormatContext input, Duration limit) {
        TimeLimit timeLimit = new TimeLimit(input.address(), limit);
        LIMITS.put(timeLimit.address, timeLimit);
        input.interrupt_callback().opaque(input).callback(CALLBACK);
        return timeLimit;
    }

    /** The next call may take the whole limit again. */
    public void restart() {
        deadline = System.nanoTime() + limitNanos;
    }

    /** Whether a call was ended: the error it returned may be any, even the end of the file. */
    public boolean isExceeded() {
        return exceeded;
    }

    /** Ends the call under way and every later one, from any thread. */
    public void expire() {
        exceeded = true;
    }

    public Duration limit() {
        return Duration.ofNanos(limitNanos);
    }

    /** The input is gone. */
    @Override
    public void close() {
        // another input may have got the address by now
        LIMITS.remove(address, this);
    }

    private boolean check() {
        if (System.nanoTime() - deadline > 0) {
            exceeded = true;
        }
        return exceeded;
    }

    private static final class Shared extends AVIOInterruptCB.Callback_Pointer {
        @Override
        public int call(@Nullable Pointer input) {
            TimeLimit limit = input == null ? null : LIMITS.get(input.address());
            return limit != null && limit.check() ? 1 : 0;
        }
    }
}
