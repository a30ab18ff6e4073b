// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_ALL;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avformat.AVSEEK_FLAG_BACKWARD;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_ATTACHED_PIC;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_seek_file;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;

import dev.longwatch.jobs.decode.VideoException.Kind;
import java.nio.file.Path;
import java.time.Duration;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.javacpp.BytePointer;

/**
 * An open video file and the one stream of pictures in it. Not thread-safe; whoever opens it closes it.
 *
 * <p>Files are not trusted: only plain files of known containers are opened, nothing they refer to is followed, no call
 * takes longer than {@code LIMIT}, and no picture larger than {@link #MAX_PIXELS} is decoded, not even to look.
 */
public final class VideoFile implements AutoCloseable {

    /** 8192 by 4096. */
    public static final long MAX_PIXELS = 33_554_432;

    /** For opening a file, and for each packet read from it. */
    static final Duration LIMIT = Duration.ofSeconds(20);

    /** FFmpeg's demuxers that read nothing but the file they are given, each with its full list of names. */
    private static final String FORMATS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,mpegts,avi,flv,mpeg,ogg,asf,mxf";

    private static final int MAX_STREAMS = 128;

    private final String uri;
    private final Path path;
    private final AVFormatContext input;
    private final TimeLimit limit;
    private final AVStream stream;
    private final TimeBase time;

    private VideoFile(String uri, Path path, AVFormatContext input, TimeLimit limit, AVStream stream) {
        this.uri = uri;
        this.path = path;
        this.input = input;
        this.limit = limit;
        this.stream = stream;
        this.time = new TimeBase(stream.time_base().num(), stream.time_base().den(), startTick(input, stream));
    }

    /**
     * @param uri a path, or a {@code file:} URI
     * @throws VideoException if there is no video to read
     */
    public static VideoFile open(String uri) throws VideoException {
        return open(uri, LIMIT);
    }

    /** @param longest for opening the file, and for each packet read from it */
    static VideoFile open(String uri, Duration longest) throws VideoException {
        Ffmpeg.load();
        Path path = LocalFile.of(uri);
        AVFormatContext input = avformat_alloc_context();
        input.max_streams(MAX_STREAMS);
        TimeLimit limit = TimeLimit.of(input, longest);
        try {
            openInput(uri, path, input, limit);
            findStreams(uri, input, limit);
            return new VideoFile(uri, path, input, limit, pictures(uri, input));
        } catch (VideoException | RuntimeException e) {
            avformat_close_input(input);
            limit.close();
            throw e;
        }
    }

    /** What the file says about itself. */
    public VideoProbe probe() {
        return Probing.of(path, input, stream, time);
    }

    /**
     * How long the video is, by reading all of it: for files that do not tell, or tell what cannot be.
     *
     * @return from the first picture to the end of the last, in microseconds
     */
    public long measureMicros() throws VideoException {
        return Survey.of(uri).endMicros();
    }

    /** Where decoding can begin; a file without an index is read for it. */
    public KeyFrames keyFrames() throws VideoException {
        return KeyFrames.of(this);
    }

    String uri() {
        return uri;
    }

    AVStream stream() {
        return stream;
    }

    TimeBase time() {
        return time;
    }

    VideoException exception(Kind kind, String sentence) {
        return new VideoException(kind, uri, sentence);
    }

    /**
     * Reads the next packet of the pictures.
     *
     * @param packet empty
     * @return 0, or FFmpeg's error, at the end of the file too
     * @throws VideoException if the file did not answer within the limit
     */
    int read(AVPacket packet) throws VideoException {
        limit.restart();
        while (true) {
            int result = av_read_frame(input, packet);
            if (limit.isExceeded()) {
                throw stalled(uri, limit);
            }
            if (result < 0 || packet.stream_index() == stream.index()) {
                return result;
            }
            av_packet_unref(packet);
        }
    }

    /** Goes to a key picture near an instant, hopefully before it: the first packet read tells. */
    boolean seek(long micros) throws VideoException {
        limit.restart();
        int result = avformat_seek_file(
                input, stream.index(), Long.MIN_VALUE, time.tick(micros), time.tick(micros), AVSEEK_FLAG_BACKWARD);
        if (limit.isExceeded()) {
            throw stalled(uri, limit);
        }
        return result >= 0;
    }

    @Override
    public void close() {
        avformat_close_input(input);
        limit.close();
    }

    /** AVI knows only when pictures are decoded; the first is on screen when as many follow as the decoder holds back. */
    private static long startTick(AVFormatContext input, AVStream stream) {
        long start = stream.start_time() == TimeBase.NONE ? 0 : stream.start_time();
        boolean avi = input.iformat().name().getString().equals("avi");
        return avi ? start + stream.codecpar().video_delay() : start;
    }

    private static void openInput(String uri, Path path, AVFormatContext input, TimeLimit limit) throws VideoException {
        AVDictionary options = new AVDictionary(null);
        // the prefix keeps FFmpeg from reading a protocol into the name
        BytePointer name = new BytePointer(("file:" + path + '\0').getBytes(UTF_8));
        try {
            av_dict_set(options, "protocol_whitelist", "file", 0);
            av_dict_set(options, "format_whitelist", FORMATS, 0);
            int error = avformat_open_input(input, name, null, options);
            if (limit.isExceeded()) {
                throw stalled(uri, limit);
            }
            if (error < 0) {
                throw LocalFile.unreadable(uri, path, Ffmpeg.message(error));
            }
            Ffmpeg.refuseLeftovers(options);
        } finally {
            av_dict_free(options);
            name.deallocate();
        }
    }

    private static void findStreams(String uri, AVFormatContext input, TimeLimit limit) throws VideoException {
        int streams = input.nb_streams();
        for (int i = 0; i < streams; i++) {
            refuseLarge(uri, input.streams(i).codecpar());
        }
        limit.restart();
        int error = Ffmpeg.findStreams(input);
        if (limit.isExceeded()) {
            throw stalled(uri, limit);
        }
        if (error < 0) {
            throw new VideoException(Kind.NOT_A_VIDEO, uri, "has no readable streams: " + Ffmpeg.message(error));
        }
    }

    /**
     * The first stream of pictures that is no cover of a song; the others are not read. Of the pictures themselves nothing
     * is left out here: MP4's demuxer would tell wrong times for the rest.
     */
    private static AVStream pictures(String uri, AVFormatContext input) throws VideoException {
        AVStream found = null;
        for (int i = 0; i < input.nb_streams(); i++) {
            AVStream each = input.streams(i);
            boolean pictures = each.codecpar().codec_type() == AVMEDIA_TYPE_VIDEO
                    && (each.disposition() & AV_DISPOSITION_ATTACHED_PIC) == 0;
            if (pictures && found == null) {
                found = each;
            } else {
                each.discard(AVDISCARD_ALL);
            }
        }
        if (found == null) {
            throw new VideoException(
                    Kind.NO_PICTURES,
                    uri,
                    "has no pictures: expected a video stream, found "
                            + (input.nb_streams() == 0 ? "no streams" : "sound or text only"));
        }
        refuse(uri, found.codecpar());
        return found;
    }

    private static void refuse(String uri, AVCodecParameters pictures) throws VideoException {
        refuseLarge(uri, pictures);
        if (avcodec_find_decoder(pictures.codec_id()) == null) {
            throw new VideoException(
                    Kind.UNSUPPORTED,
                    uri,
                    "has pictures in a codec that cannot be decoded: "
                            + avcodec_get_name(pictures.codec_id()).getString());
        }
        if (pictures.width() <= 0 || pictures.height() <= 0) {
            throw new VideoException(
                    Kind.NO_PICTURES, uri, "has pictures of unknown size: none of them could be decoded");
        }
    }

    private static void refuseLarge(String uri, AVCodecParameters pictures) throws VideoException {
        if ((long) pictures.width() * pictures.height() > MAX_PIXELS) {
            throw new VideoException(
                    Kind.TOO_LARGE,
                    uri,
                    "has pictures of " + pictures.width() + "x" + pictures.height() + ": expected at most " + MAX_PIXELS
                            + " pixels");
        }
    }

    private static VideoException stalled(String uri, TimeLimit limit) {
        return new VideoException(
                Kind.STALLED, uri, "did not answer within " + limit.limit().toSeconds() + " s");
    }
}
