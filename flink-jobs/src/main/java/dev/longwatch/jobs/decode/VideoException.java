// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.decode;

import java.io.IOException;

/** A video that cannot be read. The message is a whole sentence for the person who named the video. */
public final class VideoException extends IOException {

    /** What is wrong, to be told apart and counted. */
    public enum Kind {
        /** nothing is there */
        MISSING,
        /** a folder, a pipe, a device, or not on this machine's file system */
        NOT_A_FILE,
        /** this process may not read it */
        NOT_READABLE,
        /** no bytes */
        EMPTY,
        /** bytes, but of no known video format */
        NOT_A_VIDEO,
        /** sound or subtitles only */
        NO_PICTURES,
        /** cut off so that nothing can be read */
        TRUNCATED,
        /** pictures larger than {@link VideoFile#MAX_PIXELS} */
        TOO_LARGE,
        /** no decoder for its codec */
        UNSUPPORTED,
        /** reading took longer than the limit */
        STALLED
    }

    private final Kind kind;
    private final String sentence;

    VideoException(Kind kind, String uri, String sentence) {
        super(uri + " " + sentence);
        this.kind = kind;
        this.sentence = uri + " " + sentence;
    }

    public Kind kind() {
        return kind;
    }

    /** The message. */
    public String sentence() {
        return sentence;
    }
}
