// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

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

import dev.longwatch.jobs.decode.Ffmpeg;
import dev.longwatch.jobs.decode.Scaler;
import dev.longwatch.jobs.decode.VideoFile;
import java.time.Duration;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a key picture every second or so: whether there is one at all, whether it is black, whether it still is the same
 * as long ago. A camera that hangs may well go on sending its last picture.
 */
final class PictureWatch implements AutoCloseable {

    private static final int WIDTH = 64;
    private static final int HEIGHT = 36;

    private static final long EVERY_MICROS = 900_000;

    /** Of 255. A dark room with a light switch's lamp in it is brighter. */
    private static final int BLACK = 8;

    /** A still picture encoded again and again differs by a level here and there; sensors of cameras rustle more. */
    private static final int SAME_LEVELS = 1;

    private static final double SAME_SHARE = 0.02;

    private final long frozenMicros;
    private final long undecodableMicros;
    private final Scaler scaler;
    private final AVFrame frame;
    private @Nullable AVCodecContext decoder;
    private long lookedMicros = Long.MIN_VALUE;
    private byte[] still = new byte[0];
    private long stillSinceMicros;
    private long seenMicros;
    private long failingSinceMicros;
    private int failures;
    private boolean black;
    private boolean seen;

    /** In pixels. */
    record Size(int width, int height) {}

    /**
     * @param frozenAfter how long the picture must not change to be called frozen
     * @param undecodableAfter how long key pictures must fail, two at least
     */
    PictureWatch(Duration frozenAfter, Duration undecodableAfter) {
        Ffmpeg.load();
        scaler = new Scaler(WIDTH, HEIGHT);
        frame = av_frame_alloc();
        frozenMicros = frozenAfter.toNanos() / 1_000;
        undecodableMicros = undecodableAfter.toNanos() / 1_000;
    }

    /** Other pictures follow: another connection, another size. */
    void restart(AVCodecParameters parameters) {
        closeDecoder();
        lookedMicros = Long.MIN_VALUE;
        failures = 0;
        AVCodec codec = avcodec_find_decoder(parameters.codec_id());
        if (codec == null || codec.isNull()) {
            return;
        }
        AVCodecContext context = avcodec_alloc_context3(codec);
        avcodec_parameters_to_context(context, parameters);
        context.thread_count(1);
        context.max_pixels(VideoFile.MAX_PIXELS);
        if (avcodec_open2(context, codec, (AVDictionary) null) < 0) {
            avcodec_free_context(context);
            return;
        }
        decoder = context;
    }

    /**
     * A key picture arrived.
     *
     * @return its size; null when it was not looked at, or cannot be decoded
     */
    @Nullable
    Size see(AVPacket key, long nowMicros) {
        if (nowMicros - EVERY_MICROS < lookedMicros) {
            return null;
        }
        lookedMicros = nowMicros;
        if (!decode(key)) {
            failingSinceMicros = failures == 0 ? nowMicros : failingSinceMicros;
            failures++;
            return null;
        }
        failures = 0;
        seen = true;
        seenMicros = nowMicros;
        look(grey(scaler.rgb(frame)), nowMicros);
        return new Size(frame.width(), frame.height());
    }

    /** Whether any picture was ever decoded. */
    boolean hasSeen() {
        return seen;
    }

    boolean isBlack() {
        return black;
    }

    boolean isFrozen() {
        return still.length > 0 && seenMicros - stillSinceMicros >= frozenMicros;
    }

    /** What is wrong with the pictures, for a person; empty when nothing is. */
    String words() {
        return words(isFrozen(), isBlack());
    }

    static String words(boolean frozen, boolean black) {
        return black ? "the picture is black" : frozen ? "the picture does not change" : "";
    }

    boolean isUndecodable(long nowMicros) {
        return failures > 1 && nowMicros - failingSinceMicros >= undecodableMicros;
    }

    @Override
    public void close() {
        closeDecoder();
        av_frame_free(frame);
        scaler.close();
    }

    private boolean decode(AVPacket key) {
        if (decoder == null || avcodec_send_packet(decoder, key) < 0) {
            return false;
        }
        // decoders hold pictures back until told that none follows
        avcodec_send_packet(decoder, (AVPacket) null);
        boolean whole = avcodec_receive_frame(decoder, frame) >= 0
                && (frame.flags() & AVFrame.AV_FRAME_FLAG_CORRUPT) == 0
                && frame.decode_error_flags() == 0;
        avcodec_flush_buffers(decoder);
        return whole;
    }

    private void look(byte[] grey, long nowMicros) {
        if (grey.length == 0) {
            return;
        }
        long sum = 0;
        for (byte each : grey) {
            sum += each & 0xff;
        }
        black = sum < (long) BLACK * grey.length;
        if (!isSame(still, grey)) {
            still = grey;
            stillSinceMicros = nowMicros;
        }
    }

    private static boolean isSame(byte[] before, byte[] now) {
        if (before.length != now.length) {
            return false;
        }
        int changed = 0;
        for (int i = 0; i < now.length; i++) {
            int difference = Math.abs((before[i] & 0xff) - (now[i] & 0xff));
            if (difference > SAME_LEVELS) {
                return false;
            }
            changed += difference > 0 ? 1 : 0;
        }
        return changed <= SAME_SHARE * now.length;
    }

    private static byte[] grey(byte[] rgb) {
        byte[] grey = new byte[rgb.length / 3];
        for (int i = 0; i < grey.length; i++) {
            int red = rgb[3 * i] & 0xff;
            int green = rgb[3 * i + 1] & 0xff;
            int blue = rgb[3 * i + 2] & 0xff;
            grey[i] = (byte) ((299 * red + 587 * green + 114 * blue + 500) / 1_000);
        }
        return grey;
    }

    private void closeDecoder() {
        if (decoder != null) {
            avcodec_free_context(decoder);
            decoder = null;
        }
    }
}
