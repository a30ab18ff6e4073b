// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.decode;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_DISPLAYMATRIX;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_side_data_get;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avutil.AV_TIME_BASE;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_get;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.IntPointer;

/** Reads a file's own words about itself. */
final class Probing {

    /** FFmpeg guessed the length from the size of the file. */
    private static final int FROM_BITRATE = 2;

    /** Cameras without a clock write the first second of some epoch. */
    private static final Instant EARLIEST = Instant.parse("1990-01-01T00:00:00Z");

    private Probing() {}

    static VideoProbe of(Path path, AVFormatContext input, AVStream stream, TimeBase time) {
        PictureFit.PictureSize shown = shownSize(stream);
        return new VideoProbe(
                input.iformat().name().getString(),
                avcodec_get_name(stream.codecpar().codec_id()).getString(),
                shown.width(),
                shown.height(),
                ratio(stream.avg_frame_rate()),
                durationMicros(input, stream, time),
                recordedAtMillis(path, input, stream));
    }

    /** How the stored pictures are turned to be shown. */
    static Upright upright(AVStream stream) {
        AVCodecParameters pictures = stream.codecpar();
        AVPacketSideData matrix = av_packet_side_data_get(
                pictures.coded_side_data(), pictures.nb_coded_side_data(), AV_PKT_DATA_DISPLAYMATRIX);
        if (matrix == null || matrix.isNull() || matrix.size() < 36) {
            return Upright.AS_STORED;
        }
        int[] numbers = new int[9];
        new IntPointer(matrix.data()).get(numbers);
        return Upright.of(numbers);
    }

    /** Upright and with square pixels. */
    static PictureFit.PictureSize shownSize(AVStream stream) {
        AVCodecParameters pictures = stream.codecpar();
        double pixel = ratio(pictures.sample_aspect_ratio());
        boolean square = !(pixel > 0.1 && pixel < 10);
        int width = square ? pictures.width() : (int) Math.max(1, Math.round(pictures.width() * pixel));
        int height = pictures.height();
        return upright(stream).swapsSides()
                ? new PictureFit.PictureSize(height, width)
                : new PictureFit.PictureSize(width, height);
    }

    private static long durationMicros(AVFormatContext input, AVStream stream, TimeBase time) {
        if (stream.duration() > 0) {
            return time.scaled(stream.duration());
        }
        if (input.duration() <= 0 || input.duration_estimation_method() == FROM_BITRATE) {
            return 0;
        }
        long startMicros = time.scaled(time.start());
        return Math.max(0, input.duration() * 1_000_000 / AV_TIME_BASE - startMicros);
    }

    private static long recordedAtMillis(Path path, AVFormatContext input, AVStream stream) {
        for (AVDictionary words : new AVDictionary[] {input.metadata(), stream.metadata()}) {
            AVDictionaryEntry entry = words == null ? null : av_dict_get(words, "creation_time", null, 0);
            if (entry != null && !entry.isNull()) {
                try {
                    Instant said = Instant.parse(entry.value().getString());
                    if (said.isAfter(EARLIEST)) {
                        return said.toEpochMilli();
                    }
                } catch (DateTimeParseException e) {
                    continue;
                }
            }
        }
        try {
            return Files.getLastModifiedTime(path).toMillis();
        } catch (IOException e) {
            return 0;
        }
    }

    private static double ratio(AVRational rational) {
        return rational.den() == 0 ? 0 : (double) rational.num() / rational.den();
    }
}
