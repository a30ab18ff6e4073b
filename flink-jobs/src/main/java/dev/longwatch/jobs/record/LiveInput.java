// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_ALL;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_NONE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_PRFT;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_get_side_data;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avformat.av_find_best_stream;
import static org.bytedeco.ffmpeg.global.avformat.av_guess_format;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_query_codec;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_HTTP_FORBIDDEN;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_HTTP_NOT_FOUND;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_HTTP_UNAUTHORIZED;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;

import dev.longwatch.jobs.decode.Ffmpeg;
import dev.longwatch.jobs.decode.TimeBase;
import dev.longwatch.jobs.decode.TimeLimit;
import dev.longwatch.jobs.decode.VideoFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avcodec.AVProducerReferenceTime;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.SizeTPointer;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a stream, and the one stream of pictures in it. One thread opens, reads and closes; any may stop it.
 *
 * <p>Streams are trusted no more than files are: the formats are known ones, no call takes longer than the silence allowed,
 * and no picture larger than {@link VideoFile#MAX_PIXELS} is looked at.
 */
final class LiveInput implements AutoCloseable {

    private static final int MAX_STREAMS = 32;

    /** In microseconds; FFmpeg's own, 5 s, is spent whenever sound is announced and not sent. */
    private static final long PROBING_MICROS = 1_500_000;

    private static final int CONNECT_MILLIS = 2_000;

    private static final int INPUT_OUTPUT = -5;
    private static final int CONNECTION_REFUSED = -111;
    private static final int CONNECTION_RESET = -104;
    private static final int TIMED_OUT = -110;
    private static final int HOST_UNREACHABLE = -113;
    private static final int NETWORK_UNREACHABLE = -101;

    private final StreamAddress address;
    private final AVFormatContext input;
    private final TimeLimit limit;
    private final Untimed untimed = new Untimed();
    private @Nullable AVStream pictures;
    private int codec;

    LiveInput(StreamAddress address, Duration silence) {
        Ffmpeg.load();
        this.address = address;
        input = avformat_alloc_context();
        input.max_streams(MAX_STREAMS);
        input.max_analyze_duration(PROBING_MICROS);
        limit = TimeLimit.of(input, silence);
    }

    /** Waits until it is known what the stream sends. */
    void open() throws StreamException {
        resolve();
        connect();
        limit.restart();
        int error = Ffmpeg.findStreams(input);
        if (limit.isExceeded()) {
            throw silent();
        }
        if (error < 0) {
            throw refusal(error);
        }
        choose();
    }

    AVStream pictures() {
        if (pictures == null) {
            throw new IllegalStateException("the input is not open");
        }
        return pictures;
    }

    /** Ticks are the stream's own, whatever the first one is. */
    TimeBase time() {
        return new TimeBase(pictures().time_base().num(), pictures().time_base().den(), 0);
    }

    /**
     * Whether it has an end and comes as fast as it is read: then it is read no faster than it plays. A camera may announce a
     * length too, and when it hangs up it has not come to an end.
     */
    boolean isPlayed() {
        return switch (address.protocol()) {
            case FILE -> true;
            case HTTP, HTTPS -> input.duration() > 0;
            default -> false;
        };
    }

    /**
     * Waits for the next packet of the pictures.
     *
     * @param packet empty
     * @throws StreamException if there is none any more
     */
    void read(AVPacket packet) throws StreamException {
        while (!untimed.give(packet)) {
            receive(packet);
            if (!untimed.take(packet, pictures())) {
                return;
            }
        }
    }

    /**
     * When the sender says that the picture was taken: microseconds since 1970 UTC by its clock, 0 when it does not say.
     */
    static long senderMicros(AVPacket packet) {
        try (SizeTPointer size = new SizeTPointer(1)) {
            BytePointer data = av_packet_get_side_data(packet, AV_PKT_DATA_PRFT, size);
            return data == null || data.isNull() ? 0 : new AVProducerReferenceTime(data).wallclock();
        }
    }

    /** Ends a wait on another thread. */
    void stop() {
        limit.expire();
    }

    @Override
    public void close() {
        untimed.close();
        avformat_close_input(input);
        limit.close();
    }

    /** FFmpeg says of a name that does not exist no more than that of a broken cable. */
    private void resolve() throws StreamException {
        if (address.host().isEmpty()) {
            Path file = Path.of(address.toString());
            if (!Files.isRegularFile(file)) {
                throw new StreamException(Condition.NOT_FOUND, address + " does not exist or is no file");
            }
            return;
        }
        try {
            InetAddress.getByName(address.host());
        } catch (UnknownHostException e) {
            throw new StreamException(Condition.UNREACHABLE, "no host is known by the name " + address.host());
        }
    }

    private void connect() throws StreamException {
        AVDictionary options = new AVDictionary(null);
        BytePointer name = new BytePointer((address.input() + '\0').getBytes(UTF_8));
        try {
            address.options().forEach((key, value) -> av_dict_set(options, key, value, 0));
            limit.restart();
            int error = avformat_open_input(input, name, (AVInputFormat) null, options);
            if (limit.isExceeded()) {
                throw answers() ? silent() : unreachable("nothing answers");
            }
            if (error < 0) {
                throw refusal(error);
            }
            Ffmpeg.refuseLeftovers(options);
        } finally {
            av_dict_free(options);
            name.deallocate();
        }
    }

    private void choose() throws StreamException {
        int found = av_find_best_stream(input, AVMEDIA_TYPE_VIDEO, -1, -1, (AVCodec) null, 0);
        if (found < 0) {
            throw new StreamException(Condition.NOT_A_VIDEO, address + " sends no pictures");
        }
        AVStream chosen = input.streams(found);
        // the playlists of other sizes are not even fetched
        for (int i = 0; i < input.nb_streams(); i++) {
            if (i != found) {
                input.streams(i).discard(AVDISCARD_ALL);
            }
        }
        codec = chosen.codecpar().codec_id();
        String codecName = avcodec_get_name(codec).getString();
        if (codec == AV_CODEC_ID_NONE || avformat_query_codec(av_guess_format("mp4", null, null), codec, 0) != 1) {
            throw new StreamException(
                    Condition.UNSUPPORTED, address + " sends pictures in a codec that cannot be kept: " + codecName);
        }
        long pixels = (long) chosen.codecpar().width() * chosen.codecpar().height();
        if (pixels > VideoFile.MAX_PIXELS) {
            throw new StreamException(
                    Condition.UNSUPPORTED,
                    address + " sends pictures of " + pixels + " pixels: expected at most " + VideoFile.MAX_PIXELS);
        }
        pictures = chosen;
    }

    private void receive(AVPacket packet) throws StreamException {
        limit.restart();
        while (true) {
            int result = av_read_frame(input, packet);
            if (limit.isExceeded()) {
                av_packet_unref(packet);
                throw new StreamException(
                        Condition.STALLED,
                        address + " sent no picture for " + limit.limit().toSeconds() + " s");
            }
            if (result < 0) {
                throw end(result);
            }
            if (packet.stream_index() == pictures().index()) {
                refuseAnotherCodec();
                return;
            }
            av_packet_unref(packet);
        }
    }

    private void refuseAnotherCodec() throws StreamException {
        if (pictures().codecpar().codec_id() != codec) {
            throw new StreamException(Condition.CHANGED, address + " changed its codec");
        }
    }

    private StreamException end(int error) {
        if (error == AVERROR_EOF && isPlayed()) {
            return new StreamException(Condition.ENDED, address + " was played to its end");
        }
        String how = error == AVERROR_EOF ? "ended the stream" : "broke off: " + Ffmpeg.message(error);
        return new StreamException(Condition.DISCONNECTED, address + " " + how);
    }

    /** Whether the silence is the stream's: packets to a machine that is off may vanish just as silently. */
    private boolean answers() {
        if (address.protocol() == StreamAddress.Protocol.SRT) {
            return false;
        }
        if (address.port() == 0) {
            return true;
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.host(), address.port()), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private StreamException unreachable(String why) {
        return new StreamException(Condition.UNREACHABLE, address + " cannot be reached: " + why);
    }

    private StreamException silent() {
        return new StreamException(
                Condition.SILENT,
                address + " is reachable but sent no video within "
                        + limit.limit().toSeconds() + " s");
    }

    private StreamException refusal(int error) {
        if (error == CONNECTION_REFUSED) {
            return new StreamException(Condition.REFUSED, address + " refused the connection: nothing listens there");
        }
        if (error == TIMED_OUT || error == HOST_UNREACHABLE || error == NETWORK_UNREACHABLE) {
            return unreachable(Ffmpeg.message(error));
        }
        if (error == AVERROR_HTTP_UNAUTHORIZED || error == AVERROR_HTTP_FORBIDDEN) {
            return new StreamException(
                    Condition.UNAUTHORIZED, address + " does not let us in: user or password are wrong or missing");
        }
        if (error == AVERROR_HTTP_NOT_FOUND) {
            return new StreamException(Condition.NOT_FOUND, address + " is not known to its server");
        }
        // end of file, I/O error and reset: hung up before a picture came
        if (error == AVERROR_EOF || error == INPUT_OUTPUT || error == CONNECTION_RESET) {
            return hungUp(error);
        }
        return new StreamException(Condition.NOT_A_VIDEO, address + " is not a video: " + Ffmpeg.message(error));
    }

    private StreamException hungUp(int error) {
        String certificates = address.options().getOrDefault("ca_file", "");
        String flaw = certificates.isEmpty() ? "" : Certificates.flaw(address.host(), address.port(), certificates);
        if (!flaw.isEmpty()) {
            return new StreamException(
                    Condition.NOT_TRUSTED,
                    address + " shows a certificate that is not believed: " + flaw
                            + "; to believe it all the same, save it as PEM and end the address in #ca=/path/of/it");
        }
        return new StreamException(
                Condition.DISCONNECTED, address + " hung up before it sent a video: " + Ffmpeg.message(error));
    }
}
