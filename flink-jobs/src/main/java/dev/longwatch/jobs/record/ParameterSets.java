// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_HEVC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_INPUT_BUFFER_PADDING_SIZE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_NEW_EXTRADATA;
import static org.bytedeco.ffmpeg.global.avcodec.av_bsf_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_bsf_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_bsf_get_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.av_bsf_init;
import static org.bytedeco.ffmpeg.global.avcodec.av_bsf_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.av_bsf_send_packet;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_get_side_data;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_ref;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_copy;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_free;
import static org.bytedeco.ffmpeg.global.avutil.av_free;
import static org.bytedeco.ffmpeg.global.avutil.av_mallocz;

import java.util.Arrays;
import org.bytedeco.ffmpeg.avcodec.AVBSFContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.SizeTPointer;
import org.jspecify.annotations.Nullable;

/**
 * What must be known before a picture of the stream can be decoded. A camera whose settings somebody changes sends new ones
 * between the pictures; FFmpeg's demuxers go on telling the first ones.
 */
final class ParameterSets implements AutoCloseable {

    private final AVCodecParameters parameters = avcodec_parameters_alloc();
    private final AVPacket copy = av_packet_alloc();
    private final @Nullable AVBSFContext extraction;
    private byte[] extradata;

    ParameterSets(AVStream stream) {
        avcodec_parameters_copy(parameters, stream.codecpar());
        parameters.codec_tag(0);
        extradata = bytes(parameters.extradata(), parameters.extradata_size());
        extraction = isByteStream() ? extraction(stream) : null;
    }

    /** For muxer and decoder; owned here. */
    AVCodecParameters parameters() {
        return parameters;
    }

    /** @return whether a key picture brings others than those before it */
    boolean changedBy(AVPacket key) {
        byte[] found = extraction == null ? sideData(key) : extracted(extraction, key);
        if (found.length == 0 || Arrays.equals(found, extradata)) {
            return false;
        }
        av_free(parameters.extradata());
        BytePointer data =
                new BytePointer(av_mallocz((long) found.length + AV_INPUT_BUFFER_PADDING_SIZE)).capacity(found.length);
        data.put(found);
        parameters.extradata(data).extradata_size(found.length);
        extradata = found;
        return true;
    }

    @Override
    public void close() {
        if (extraction != null) {
            av_bsf_free(extraction);
        }
        av_packet_free(copy);
        avcodec_parameters_free(parameters);
    }

    /** MP4 and FLV keep them apart from the pictures instead, in a form that begins with its version, 1. */
    private boolean isByteStream() {
        int codec = parameters.codec_id();
        return (codec == AV_CODEC_ID_H264 || codec == AV_CODEC_ID_HEVC) && (extradata.length == 0 || extradata[0] == 0);
    }

    private static AVBSFContext extraction(AVStream stream) {
        AVBSFContext context = new AVBSFContext(null);
        av_bsf_alloc(av_bsf_get_by_name("extract_extradata"), context);
        avcodec_parameters_copy(context.par_in(), stream.codecpar());
        context.time_base_in(stream.time_base());
        int error = av_bsf_init(context);
        if (error < 0) {
            av_bsf_free(context);
            throw new IllegalStateException("FFmpeg cannot extract parameter sets: " + error);
        }
        return context;
    }

    private byte[] extracted(AVBSFContext from, AVPacket key) {
        av_packet_ref(copy, key);
        if (av_bsf_send_packet(from, copy) < 0) {
            av_packet_unref(copy);
            return new byte[0];
        }
        byte[] found = new byte[0];
        while (av_bsf_receive_packet(from, copy) >= 0) {
            byte[] data = sideData(copy);
            found = data.length > 0 ? data : found;
            av_packet_unref(copy);
        }
        return found;
    }

    private static byte[] sideData(AVPacket packet) {
        try (SizeTPointer size = new SizeTPointer(1)) {
            return bytes(av_packet_get_side_data(packet, AV_PKT_DATA_NEW_EXTRADATA, size), size.get());
        }
    }

    private static byte[] bytes(@Nullable BytePointer data, long size) {
        if (data == null || data.isNull() || size <= 0) {
            return new byte[0];
        }
        byte[] bytes = new byte[(int) size];
        data.get(bytes);
        return bytes;
    }
}
