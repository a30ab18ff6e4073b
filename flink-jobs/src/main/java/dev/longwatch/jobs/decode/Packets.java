// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.decode;

import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The packets of a file's pictures in decoding order, from a key picture on, with times that can be believed. A file that
 * cannot be read further just ends; {@link #problem()} tells why.
 */
final class Packets implements AutoCloseable {

    private static final long MICROS = 1_000_000;

    /** How far the first search for a key picture goes back when a container's own search landed too late. */
    private static final long BACK_OFF_MICROS = 4 * MICROS;

    private static final long JUMP_MICROS = 10 * MICROS;

    /** In time-lapse even neighbours are far apart. */
    private static final int JUMP_PICTURES = 100;

    /** A longer pause is no pause: somebody set the clock, perhaps from nothing to the time of day. */
    private static final long LONGEST_PAUSE_MICROS = 24 * 3_600 * MICROS;

    /** Demuxers may step over damage when asked again. */
    private static final int ATTEMPTS = 10;

    /** So many packets with impossible times are no accident. */
    private static final int CLOCK_SET_PICTURES = 25;

    private VideoFile file;
    private final long pictureTicks;
    private final long jumpTicks;
    private final long longestPauseTicks;
    private final Deque<Packet> ahead = new ArrayDeque<>();
    private long lastTick = TimeBase.NONE;
    private long endTick = TimeBase.NONE;
    private int impossible;
    private String problem = "";
    private boolean ended;

    /** Takes the file over. */
    Packets(VideoFile file) {
        this.file = file;
        TimeBase time = file.time();
        double framesPerSecond = file.probe().framesPerSecond();
        long pictureMicros = framesPerSecond > 0 ? (long) (MICROS / framesPerSecond) : 0;
        pictureTicks = time.tick(pictureMicros) - time.start();
        jumpTicks = time.tick(Math.max(JUMP_MICROS, JUMP_PICTURES * pictureMicros)) - time.start();
        longestPauseTicks = time.tick(LONGEST_PAUSE_MICROS) - time.start();
    }

    VideoFile file() {
        return file;
    }

    /** How long a picture is shown on average; 0 when unknown. */
    long pictureTicks() {
        return pictureTicks;
    }

    /** Where the last picture read so far ends, microseconds after the video's first. */
    long endMicros() {
        return endTick == TimeBase.NONE ? 0 : Math.max(0, file.time().micros(endTick));
    }

    /** Why the file could not be read to its end, for a person; empty when it was. */
    String problem() {
        if (problem.isEmpty() && impossible >= CLOCK_SET_PICTURES) {
            return "the video's clock was set on the way: " + impossible + " pictures after that were not watched";
        }
        return problem;
    }

    /**
     * Goes to a key picture at or before an instant, or to the start. Containers land where they like, MPEG-TS mostly too
     * late, so the first key picture found is compared and the search begun further back.
     */
    void seek(long micros) throws VideoException {
        for (long back = 0; micros - back > 0; back = Math.max(BACK_OFF_MICROS, 2 * back)) {
            restart();
            if (!file.seek(micros - back)) {
                break;
            }
            Packet key = nextKey();
            if (key == null) {
                continue;
            }
            if (key.pts() != TimeBase.NONE && file.time().micros(key.pts()) <= micros) {
                ahead.addFirst(key);
                return;
            }
            key.close();
        }
        reopen();
        Packet key = nextKey();
        if (key != null) {
            ahead.addFirst(key);
        }
    }

    /** The next packet; null at the end. */
    @Nullable
    Packet next() {
        Packet packet = ahead.isEmpty() ? read() : ahead.remove();
        if (packet == null) {
            return null;
        }
        long tick = tick(packet);
        if (tick != TimeBase.NONE && lastTick != TimeBase.NONE && tick - lastTick > jumpTicks && ahead.isEmpty()) {
            believe(packet, tick);
        }
        note(packet);
        return packet;
    }

    /** A damaged packet may bear any time. A jump ahead is believed when the packet after it has made it too. */
    private void believe(Packet jumper, long tick) {
        if (tick - lastTick > longestPauseTicks) {
            impossible++;
            jumper.forgetTimes();
            return;
        }
        Packet following = read();
        if (following != null) {
            ahead.add(following);
        }
        long next = following == null ? lastTick : tick(following);
        if (next != TimeBase.NONE && next < tick - jumpTicks) {
            jumper.forgetTimes();
        }
    }

    private void note(Packet packet) {
        long tick = tick(packet);
        if (tick == TimeBase.NONE) {
            return;
        }
        if (lastTick != TimeBase.NONE && tick < lastTick - jumpTicks) {
            impossible++;
            return;
        }
        lastTick = Math.max(tick, lastTick);
        if (packet.isShown()) {
            long shown = packet.pts() == TimeBase.NONE ? tick : packet.pts();
            endTick = Math.max(endTick, shown + (packet.duration() > 0 ? packet.duration() : pictureTicks));
        }
    }

    private static long tick(Packet packet) {
        return packet.dts() == TimeBase.NONE ? packet.pts() : packet.dts();
    }

    private @Nullable Packet nextKey() {
        Packet packet = read();
        while (packet != null && !packet.isKey()) {
            packet.close();
            packet = read();
        }
        return packet;
    }

    private @Nullable Packet read() {
        Packet packet = new Packet();
        String why = "";
        for (int attempt = 0; !ended && attempt < ATTEMPTS; attempt++) {
            try {
                int error = file.read(packet.bytes());
                if (error >= 0) {
                    return packet;
                }
                if (error == AVERROR_EOF) {
                    why = "";
                    break;
                }
                why = "reading stopped at an error: " + Ffmpeg.message(error);
            } catch (VideoException e) {
                why = e.sentence();
                break;
            }
        }
        if (!ended) {
            problem = why;
        }
        ended = true;
        packet.close();
        return null;
    }

    private void restart() {
        ahead.forEach(Packet::close);
        ahead.clear();
        lastTick = TimeBase.NONE;
        ended = false;
        problem = "";
    }

    private void reopen() throws VideoException {
        restart();
        String uri = file.uri();
        file.close();
        file = VideoFile.open(uri);
    }

    @Override
    public void close() {
        restart();
        file.close();
    }
}
