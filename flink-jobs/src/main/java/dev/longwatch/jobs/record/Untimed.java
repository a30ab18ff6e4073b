// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_clone;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_move_ref;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;

import dev.longwatch.jobs.decode.TimeBase;
import java.util.ArrayDeque;
import java.util.Deque;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;

/**
 * The packets at the beginning of a connection that FFmpeg knows no times of: over RTSP the first one, and that is the key
 * picture all until the next one need. They are held until one with a time comes, and timed backwards from it.
 */
final class Untimed implements AutoCloseable {

    private static final int MOST = 256;

    private final Deque<AVPacket> held = new ArrayDeque<>();
    private boolean settled;

    /**
     * Takes a packet that arrived.
     *
     * @return whether it was taken; if not, it is to be used as it is
     */
    boolean take(AVPacket packet, AVStream stream) {
        if (settled) {
            return false;
        }
        boolean timed = packet.pts() != TimeBase.NONE || packet.dts() != TimeBase.NONE;
        if (timed && held.isEmpty()) {
            settled = true;
            return false;
        }
        held.add(av_packet_clone(packet));
        av_packet_unref(packet);
        if (timed) {
            settled = true;
            timeBackwards(stream);
        } else if (held.size() > MOST) {
            settled = true;
            close();
        }
        return true;
    }

    /**
     * Gives back what is timed now.
     *
     * @param packet empty
     * @return whether there was one
     */
    boolean give(AVPacket packet) {
        AVPacket next = settled ? held.poll() : null;
        if (next == null) {
            return false;
        }
        av_packet_move_ref(packet, next);
        av_packet_free(next);
        return true;
    }

    @Override
    public void close() {
        held.forEach(packet -> av_packet_free(packet));
        held.clear();
    }

    private void timeBackwards(AVStream stream) {
        AVPacket timed = held.getLast();
        long pts = timed.pts() == TimeBase.NONE ? timed.dts() : timed.pts();
        long rate = stream.avg_frame_rate().num();
        // where pictures are reordered, their number says nothing about their time
        if (rate <= 0 || stream.codecpar().video_delay() > 0) {
            held.removeLast();
            close();
            held.add(timed);
            return;
        }
        long frameTicks = (long) stream.avg_frame_rate().den()
                * stream.time_base().den()
                / (rate * stream.time_base().num());
        int before = held.size() - 1;
        for (AVPacket each : held) {
            if (before > 0) {
                each.pts(pts - before * frameTicks);
                each.dts(each.pts());
                before--;
            }
        }
    }
}
