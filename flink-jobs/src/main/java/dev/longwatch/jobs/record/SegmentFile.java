// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_HEVC;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_ref;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_copy;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.av_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_open;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;

import dev.longwatch.jobs.decode.Ffmpeg;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;

/**
 * A fragmented MP4 of one stream being written: its own header, a fragment for each key picture, and in front an index of
 * them, without which a browser cannot tell its length.
 */
final class SegmentFile implements AutoCloseable {

    private static final int HVC1 = 'h' | 'v' << 8 | 'c' << 16 | '1' << 24;

    private final Path path;
    private final AVRational time;
    private final AVFormatContext output = new AVFormatContext(null);
    /** Written when the next one tells how long it is shown. */
    private final AVPacket held = av_packet_alloc();

    private final AVPacket written = av_packet_alloc();
    private boolean holding;
    private long firstDts;

    /** @param time of the packets */
    SegmentFile(Path path, AVCodecParameters parameters, AVRational time) throws IOException {
        this.path = path;
        this.time = new AVRational().num(time.num()).den(time.den());
        try {
            open(parameters);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Packets come in decoding order, with times that grow. */
    void write(AVPacket packet) throws IOException {
        if (holding) {
            held.duration(packet.dts() - held.dts());
            flush();
        } else {
            firstDts = packet.dts();
        }
        av_packet_ref(held, packet);
        holding = true;
    }

    /** Nothing follows: the file is whole. */
    void finish() throws IOException {
        if (holding) {
            flush();
        }
        check(av_write_trailer(output));
    }

    @Override
    public void close() {
        if (!output.isNull()) {
            AVIOContext bytes = output.pb();
            if (bytes != null && !bytes.isNull()) {
                avio_closep(bytes);
                output.pb(null);
            }
            avformat_free_context(output);
        }
        av_packet_free(held);
        av_packet_free(written);
        time.deallocate();
    }

    private void open(AVCodecParameters parameters) throws IOException {
        check(avformat_alloc_output_context2(output, null, "mp4", path.toString()));
        AVStream stream = avformat_new_stream(output, null);
        check(avcodec_parameters_copy(stream.codecpar(), parameters));
        // the older tag for HEVC is one that players refuse
        stream.codecpar().codec_tag(parameters.codec_id() == AV_CODEC_ID_HEVC ? HVC1 : 0);
        stream.time_base(time);
        AVIOContext bytes = new AVIOContext(null);
        check(avio_open(bytes, "file:" + path, AVIO_FLAG_WRITE));
        output.pb(bytes);
        AVDictionary options = new AVDictionary(null);
        try {
            av_dict_set(options, "movflags", "empty_moov+default_base_moof+frag_keyframe+global_sidx", 0);
            check(avformat_write_header(output, options));
            Ffmpeg.refuseLeftovers(options);
        } finally {
            av_dict_free(options);
        }
    }

    private void flush() throws IOException {
        av_packet_ref(written, held);
        av_packet_unref(held);
        holding = false;
        written.pts(written.pts() - firstDts);
        written.dts(written.dts() - firstDts);
        written.stream_index(0);
        written.pos(-1);
        av_packet_rescale_ts(written, time, output.streams(0).time_base());
        int error = av_write_frame(output, written);
        av_packet_unref(written);
        check(error);
    }

    private void check(int error) throws IOException {
        if (error < 0) {
            long free = path.getParent() == null
                    ? 0
                    : Files.getFileStore(path.getParent()).getUsableSpace();
            throw new IOException(
                    path + " cannot be written: " + Ffmpeg.message(error) + ", " + (free >> 20) + " MiB are free");
        }
    }
}
