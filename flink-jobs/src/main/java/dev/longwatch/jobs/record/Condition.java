// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

/** What becomes of a stream now, or why a stretch of it was not recorded. */
public enum Condition {
    /** asked, and not answered with pictures yet */
    CONNECTING("it was asked and had not answered with pictures yet"),
    /** pictures arrive and are kept */
    RECORDING("pictures arrive"),
    /** it was recorded, and then nothing came any more though nobody hung up */
    STALLED("nothing came any more, though nobody hung up"),
    /** data come, but no picture can be made of them */
    UNDECODABLE("data came, but no picture could be made of them"),
    /** the other side hung up, or the connection broke */
    DISCONNECTED("the other side hung up, or the connection broke"),
    /** pictures are missing between others: lost on the way, or never sent */
    LOST_PACKETS("pictures were lost on the way, or never sent"),
    /** it starts to count time anew or to send another codec, and is opened anew for it */
    CHANGED("it began to count time anew, or changed its codec"),
    /** no such host, or no way to it */
    UNREACHABLE("there was no such host, or no way to it"),
    /** a machine is there, and nothing on it answers at this port */
    REFUSED("a machine was there, and nothing listened at this port"),
    /** user or password are wrong or missing */
    UNAUTHORIZED("user or password were wrong or missing"),
    /** a machine answers that cannot show who it is */
    NOT_TRUSTED("its certificate was not believed"),
    /** a server is there, and knows no such stream */
    NOT_FOUND("the server knew no such stream"),
    /** the connection stands and nothing comes through it */
    SILENT("the connection stood, and nothing came through it"),
    /** something comes, and it is no video */
    NOT_A_VIDEO("something came, and it was no video"),
    /** a video that cannot be kept as it is */
    UNSUPPORTED("the video could not be kept as it is"),
    /** an address that is never opened */
    NOT_ALLOWED("such an address is never opened"),
    /** the recording cannot be written */
    NOT_STORED("the recording could not be written"),
    /** a file was played to its end */
    ENDED("the file was played to its end"),
    /** nobody records it */
    STOPPED("nobody recorded it");

    private final String words;

    Condition(String words) {
        this.words = words;
    }

    /** Why a stretch was not recorded, a part of a sentence for a person. */
    public String words() {
        return words;
    }

    /** Whether another attempt could end differently. */
    boolean isFinal() {
        return this == NOT_ALLOWED || this == ENDED || this == STOPPED;
    }
}
