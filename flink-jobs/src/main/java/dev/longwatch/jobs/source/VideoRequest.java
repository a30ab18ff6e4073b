// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.source;

import java.io.Serializable;

/**
 * A video to watch.
 *
 * @param stream its name, as a person filters by it
 * @param uri a path that every worker can read, or a {@code file:} URI
 * @param fromMillis from where on, on the video's clock
 * @param toMillis up to where, after {@code fromMillis}; {@link #END} for the whole rest
 */
public record VideoRequest(String stream, String uri, long fromMillis, long toMillis) implements Serializable {

    public static final long END = Long.MAX_VALUE;

    /** What the address of a recording begins with; its clock is the wall clock. */
    private static final String RECORDING = "recording:";

    /** A whole video. */
    public VideoRequest(String stream, String uri) {
        this(stream, uri, 0, END);
    }

    /**
     * A stream's recording.
     *
     * @param root of all recordings
     * @param fromMillis from where on, milliseconds since 1970 UTC
     * @param toMillis up to where; {@link #END} to watch it grow
     */
    public static VideoRequest recording(String stream, String root, long fromMillis, long toMillis) {
        return new VideoRequest(stream, RECORDING + root, fromMillis, toMillis);
    }

    /** Whether it may never end. */
    public boolean isEndless() {
        return isRecording(uri) && toMillis == END;
    }

    public static boolean isRecording(String uri) {
        return uri.startsWith(RECORDING);
    }

    /** The root of all recordings, of a recording's address. */
    public static String recordingRoot(String uri) {
        return uri.substring(RECORDING.length());
    }

    public VideoRequest {
        if (stream.isBlank() || uri.isBlank()) {
            throw new IllegalArgumentException(
                    "a video needs a name and a path, found '" + stream + "': '" + uri + "'");
        }
        if (fromMillis < 0 || toMillis <= fromMillis) {
            throw new IllegalArgumentException(stream + ": expected a stretch that ends after it begins, found "
                    + fromMillis + " ms to " + toMillis + " ms");
        }
    }
}
