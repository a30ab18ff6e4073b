// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.decode;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.bytedeco.ffmpeg.avutil.LogCallback;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The library, set up once per process. Whoever calls FFmpeg calls {@link #load} first. */
final class Ffmpeg {

    /** No single buffer is larger: a picture of {@link VideoFile#MAX_PIXELS} with 10 bits takes a third of it. */
    private static final long MAX_BUFFER_BYTES = 512L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(Ffmpeg.class);
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
                LOG.debug("{}", message.getString().strip());
            }
        };
        avutil.setLogCallback(TO_SLF4J);
        avutil.av_log_set_level(LOG.isDebugEnabled() ? avutil.AV_LOG_WARNING : avutil.AV_LOG_QUIET);
        avutil.av_max_alloc(MAX_BUFFER_BYTES);
    }

    private Ffmpeg() {}

    static void load() {
        // the work is done by the static initialiser
    }

    /** FFmpeg's own words for an error. */
    static String message(int error) {
        byte[] words = new byte[128];
        avutil.av_strerror(error, words, words.length);
        int length = 0;
        while (length < words.length && words[length] != 0) {
            length++;
        }
        return new String(words, 0, length, UTF_8);
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
