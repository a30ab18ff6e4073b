// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_iterate;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;

import java.util.regex.Pattern;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;
import org.bytedeco.ffmpeg.avutil.LogCallback;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The library, set up once per process. Whoever calls FFmpeg calls {@link #load} first. */
public final class Ffmpeg {

    /** No single buffer is larger: a picture of {@link VideoFile#MAX_PIXELS} with 10 bits takes a third of it. */
    private static final long MAX_BUFFER_BYTES = 512L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(Ffmpeg.class);
    /** FFmpeg likes to repeat addresses, and cameras' addresses hold passwords */
    private static final Pattern SECRETS = Pattern.compile("://[^@/\\s]*@|(?<=[?&])[^\\s'\"]*");

    /** referred to here for as long as FFmpeg may call it */
    private static final LogCallback TO_SLF4J;

    static {
        // Everything here is freed by hand. JavaCPP would otherwise watch the whole process, and refuse to allocate a
        // pointer when the model beside it takes more than twice the Java heap.
        setUnlessSet("org.bytedeco.javacpp.nopointergc", "true");
        setUnlessSet("org.bytedeco.javacpp.maxBytes", "0");
        setUnlessSet("org.bytedeco.javacpp.maxPhysicalBytes", "0");
        TO_SLF4J = new LogCallback() {
            @Override
            public void call(int level, BytePointer message) {
                LOG.debug("{}", SECRETS.matcher(message.getString().strip()).replaceAll("***"));
            }
        };
        avutil.setLogCallback(TO_SLF4J);
        avutil.av_log_set_level(LOG.isDebugEnabled() ? avutil.AV_LOG_WARNING : avutil.AV_LOG_QUIET);
        avutil.av_max_alloc(MAX_BUFFER_BYTES);
    }

    private Ffmpeg() {}

    public static void load() {
        // the work is done by the static initialiser
    }

    /** As FFmpeg says it. */
    public static String version() {
        load();
        return avutil.av_version_info().getString();
    }

    /** @param codec in FFmpeg's words */
    public static boolean decodes(String codec) {
        load();
        return avcodec.avcodec_find_decoder_by_name(codec) != null;
    }

    /** FFmpeg's own words for an error. */
    public static String message(int error) {
        byte[] words = new byte[128];
        avutil.av_strerror(error, words, words.length);
        int length = 0;
        while (length < words.length && words[length] != 0) {
            length++;
        }
        return new String(words, 0, length, UTF_8);
    }

    /**
     * Finds out what streams an input has. FFmpeg decodes some pictures for it with decoders of its own: these are bounded
     * too.
     *
     * @return FFmpeg's error, or what is not negative
     */
    public static int findStreams(AVFormatContext input) {
        int streams = input.nb_streams();
        PointerPointer<AVDictionary> options = new PointerPointer<>(Math.max(1, streams));
        try {
            for (int i = 0; i < streams; i++) {
                AVDictionary each = new AVDictionary(null);
                av_dict_set(each, "max_pixels", Long.toString(VideoFile.MAX_PIXELS), 0);
                options.put(i, each);
            }
            return avformat_find_stream_info(input, options);
        } finally {
            for (int i = 0; i < streams; i++) {
                AVDictionary each = options.get(AVDictionary.class, i);
                if (each != null) {
                    av_dict_free(each);
                }
            }
            options.deallocate();
        }
    }

    /** @throws IllegalStateException if FFmpeg left an option untouched, so that what it was to do is not done */
    public static void refuseLeftovers(AVDictionary options) {
        AVDictionaryEntry leftover = av_dict_iterate(options, null);
        if (leftover != null && !leftover.isNull()) {
            throw new IllegalStateException(
                    "FFmpeg does not know the option " + leftover.key().getString());
        }
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
