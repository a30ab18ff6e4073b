// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.bytedeco.ffmpeg.avformat.AVFormatContext.AVFMT_FLAG_BITEXACT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_HEVC;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_ref;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_copy;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.av_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_query_codec;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_open;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_rescale;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.BytePointer;

/**
 * An MP4 of one stream of pictures being written, its index in front so that it plays while it is loaded. The same packets
 * make the same bytes.
 */
final class ExcerptFile implements AutoCloseable {

    private static final long MICROS = 1_000_000;
    private static final int HVC1 = 'h' | 'v' << 8 | 'c' << 16 | '1' << 24;
    private static final int NORMAL_COMPLIANCE = 0;

    private final Path path;
    private final AVFormatContext output = new AVFormatContext(null);
    private final AVPacket written = av_packet_alloc();
    private final Coding coding;
    private final int delay;
    private final long pictureTicks;
    private final AVRational time = new AVRational();
    private long lastDts = TimeBase.NONE;
    private long bytes;

    /** What players are told once and for all about how the pictures are coded. */
    private record Coding(int codec, int width, int height, String header) {

        static Coding of(AVCodecParameters pictures) {
            byte[] header = new byte[pictures.extradata_size()];
            if (header.length > 0) {
                pictures.extradata().get(header);
            }
            return new Coding(pictures.codec_id(), pictures.width(), pictures.height(), Arrays.toString(header));
        }
    }

    /**
     * @param like whose pictures these are
     * @throws VideoException if MP4 does not hold such pictures
     */
    ExcerptFile(Path path, VideoFile like) throws IOException {
        this.path = path;
        AVCodecParameters pictures = like.stream().codecpar();
        coding = Coding.of(pictures);
        delay = pictures.video_delay();
        time.num(like.time().num()).den(like.time().den());
        double rate = like.probe().framesPerSecond();
        pictureTicks = Math.max(
                1,
                rate > 0
                        ? like.time().tick((long) (MICROS / rate)) - like.time().start()
                        : 1);
        try {
            open(pictures, like);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Whether another file's pictures are coded as these, so that they can follow in one file. */
    boolean fits(VideoFile other) {
        return coding.equals(Coding.of(other.stream().codecpar()));
    }

    long bytes() {
        return bytes;
    }

    /**
     * Adds a packet; they come in decoding order.
     *
     * @param from whose clock tells how long it is shown
     * @param shownMicros when its picture is shown in this file
     * @param decodedMicros when it is decoded; {@link TimeBase#NONE} when that is not known
     */
    void write(Packet packet, TimeBase from, long shownMicros, long decodedMicros) throws IOException {
        try {
            av_packet_ref(written, packet.bytes());
            long pts = ticks(shownMicros);
            long dts = decodedMicros == TimeBase.NONE ? unknownDts(pts) : ticks(decodedMicros);
            if (lastDts != TimeBase.NONE) {
                dts = Math.max(dts, lastDts + 1);
            }
            lastDts = dts;
            written.dts(dts);
            written.pts(Math.max(pts, dts));
            written.duration(ticks(from.scaled(packet.duration())));
            written.stream_index(0);
            written.pos(-1);
            av_packet_rescale_ts(written, time, output.streams(0).time_base());
            bytes += written.size();
            check(av_write_frame(output, written));
        } finally {
            av_packet_unref(written);
        }
    }

    private long ticks(long micros) {
        return av_rescale(micros, time.den(), time.num() * MICROS);
    }

    /** Some containers do not tell of the first pictures when they are decoded. */
    private long unknownDts(long pts) {
        return lastDts == TimeBase.NONE ? pts - delay * pictureTicks : Math.min(pts, lastDts + pictureTicks);
    }

    /** Nothing follows: the file is whole. */
    void finish() throws IOException {
        check(av_write_trailer(output));
    }

    @Override
    public void close() {
        if (!output.isNull()) {
            AVIOContext bytesOut = output.pb();
            if (bytesOut != null && !bytesOut.isNull()) {
                avio_closep(bytesOut);
                output.pb(null);
            }
            avformat_free_context(output);
        }
        av_packet_free(written);
        time.deallocate();
    }

    private void open(AVCodecParameters pictures, VideoFile like) throws IOException {
        BytePointer name = new BytePointer(("file:" + path + '\0').getBytes(UTF_8));
        AVDictionary options = new AVDictionary(null);
        try {
            check(avformat_alloc_output_context2(output, null, "mp4", "file:" + path));
            if (avformat_query_codec(output.oformat(), pictures.codec_id(), NORMAL_COMPLIANCE) != 1) {
                throw like.exception(
                        VideoException.Kind.UNSUPPORTED,
                        "has pictures in a codec that MP4 does not hold: "
                                + avcodec_get_name(pictures.codec_id()).getString());
            }
            AVStream stream = avformat_new_stream(output, null);
            check(avcodec_parameters_copy(stream.codecpar(), pictures));
            // the older tag for HEVC is one that players refuse
            stream.codecpar().codec_tag(pictures.codec_id() == AV_CODEC_ID_HEVC ? HVC1 : 0);
            stream.time_base(time);
            output.flags(output.flags() | AVFMT_FLAG_BITEXACT);
            AVIOContext bytesOut = new AVIOContext(null);
            check(avio_open(bytesOut, name, AVIO_FLAG_WRITE));
            output.pb(bytesOut);
            av_dict_set(options, "movflags", "faststart", 0);
            check(avformat_write_header(output, options));
            Ffmpeg.refuseLeftovers(options);
        } finally {
            av_dict_free(options);
            name.deallocate();
        }
    }

    private void check(int error) throws IOException {
        if (error < 0) {
            long free = path.resolveSibling(".").toFile().getUsableSpace();
            throw new IOException(
                    path + " cannot be written: " + Ffmpeg.message(error) + ", " + (free >> 20) + " MiB are free");
        }
    }
}
