// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;

import java.time.Duration;
import java.util.Locale;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/**
 * How a stream answers when it is opened as the recorder does: what it sends, or why nothing can be recorded of it.
 *
 * @param ok whether pictures came
 * @param condition what the recorder would call it
 * @param sentence for a person, without secrets
 */
record StreamTest(boolean ok, Condition condition, String sentence) {

    /**
     * Opens a stream and reads some seconds of it.
     *
     * @param url its address, see {@link StreamAddress#of}; may hold a password
     * @param watched how long it is read, when it does not end before
     */
    static StreamTest of(String url, Duration watched) {
        StreamAddress address;
        try {
            address = StreamAddress.of(url);
        } catch (StreamException e) {
            return failed(e);
        }
        AVPacket packet = av_packet_alloc();
        try (LiveInput input = new LiveInput(address, address.protocol().silence())) {
            input.open();
            long begun = System.nanoTime();
            int pictures = 0;
            int keys = 0;
            try {
                while (System.nanoTime() - begun < watched.toNanos()) {
                    input.read(packet);
                    pictures++;
                    keys += (packet.flags() & AV_PKT_FLAG_KEY) != 0 ? 1 : 0;
                    av_packet_unref(packet);
                }
            } catch (StreamException e) {
                if (pictures == 0 || e.condition() != Condition.ENDED) {
                    return failed(e);
                }
            }
            return new StreamTest(true, Condition.RECORDING, sentence(address, input, pictures, keys, begun));
        } catch (StreamException e) {
            return failed(e);
        } finally {
            av_packet_free(packet);
        }
    }

    private static String sentence(StreamAddress address, LiveInput input, int pictures, int keys, long begun) {
        AVCodecParameters coding = input.pictures().codecpar();
        return String.format(
                Locale.ROOT,
                "%s sends %s, %d x %d: %d pictures in %s%s",
                address,
                avcodec_get_name(coding.codec_id()).getString(),
                coding.width(),
                coding.height(),
                pictures,
                length(System.nanoTime() - begun),
                keys == 0 ? ", none of them a key picture; recording begins with the first one" : "");
    }

    /** A file is read faster than it was filmed. */
    private static String length(long nanos) {
        return nanos < 1_000_000_000
                ? Math.max(1, nanos / 1_000_000) + " ms"
                : String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
    }

    private static StreamTest failed(StreamException e) {
        return new StreamTest(false, e.condition(), e.sentence());
    }
}
