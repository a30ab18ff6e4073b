// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.decode;

import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_DEFAULT;
import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_NONREF;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_flush_buffers;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import dev.longwatch.jobs.decode.VideoException.Kind;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * FFmpeg's decoder on the calling thread. Damaged packets are no error here: their pictures come out marked, or do not come
 * out.
 */
final class PictureDecoder implements AutoCloseable {

    private final AVCodecContext context;
    private final AVFrame frame;
    private boolean fed;

    PictureDecoder(VideoFile file) throws VideoException {
        AVStream stream = file.stream();
        AVCodec codec = avcodec_find_decoder(stream.codecpar().codec_id());
        context = avcodec_alloc_context3(codec);
        avcodec_parameters_to_context(context, stream.codecpar());
        context.pkt_timebase(stream.time_base());
        context.thread_count(1);
        context.max_pixels(VideoFile.MAX_PIXELS);
        frame = av_frame_alloc();
        int error = avcodec_open2(context, codec, (AVDictionary) null);
        if (error < 0) {
            close();
            throw file.exception(Kind.UNSUPPORTED, "cannot be decoded: " + Ffmpeg.message(error));
        }
    }

    /**
     * The next packet. Everything {@link #receive()} has must be taken before the next one is sent.
     *
     * @param onlyIfReferred leave it out if no other picture refers to it
     */
    void send(Packet packet, boolean onlyIfReferred) {
        context.skip_frame(onlyIfReferred ? AVDISCARD_NONREF : AVDISCARD_DEFAULT);
        avcodec_send_packet(context, packet.bytes());
        fed = true;
    }

    /** The next decoded picture, valid until the next call; null when there is none for now. */
    @Nullable
    AVFrame receive() {
        return avcodec_receive_frame(context, frame) < 0 ? null : frame;
    }

    /** Whether packets were sent since the last {@link #restart()}. */
    boolean isFed() {
        return fed;
    }

    /** No packet follows: {@link #receive()} gives what was held back. */
    void drain() {
        avcodec_send_packet(context, (AVPacket) null);
    }

    /** Forgets everything: a key picture follows. */
    void restart() {
        avcodec_flush_buffers(context);
        fed = false;
    }

    @Override
    public void close() {
        av_frame_free(frame);
        avcodec_free_context(context);
    }
}
