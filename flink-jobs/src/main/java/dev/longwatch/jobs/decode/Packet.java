// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.decode;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_DISCARD;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;

import org.bytedeco.ffmpeg.avcodec.AVPacket;

/** One compressed picture. Whoever takes it closes it. */
final class Packet implements AutoCloseable {

    private final AVPacket bytes = av_packet_alloc();

    /** For FFmpeg to fill and to decode. */
    AVPacket bytes() {
        return bytes;
    }

    /** Tick at which it is shown, or {@link TimeBase#NONE}. */
    long pts() {
        return bytes.pts();
    }

    /** Tick at which it is decoded, or {@link TimeBase#NONE}. */
    long dts() {
        return bytes.dts();
    }

    /** Ticks it is shown, 0 when unknown. */
    long duration() {
        return bytes.duration();
    }

    boolean isKey() {
        return (bytes.flags() & AV_PKT_FLAG_KEY) != 0;
    }

    /** Whether it belongs to the video: an edit list may keep it only because others refer to it. */
    boolean isShown() {
        return (bytes.flags() & AV_PKT_FLAG_DISCARD) == 0;
    }

    /** Its times are damaged. */
    void forgetTimes() {
        bytes.pts(TimeBase.NONE);
        bytes.dts(TimeBase.NONE);
    }

    @Override
    public void close() {
        av_packet_free(bytes);
    }
}
