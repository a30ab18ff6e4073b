// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

/** What becomes of a stream now, or why a stretch of it was not recorded. */
public enum Condition {
    /** asked, and not answered with pictures yet */
    CONNECTING,
    /** pictures arrive and are kept */
    RECORDING,
    /** it was recorded, and then nothing came any more though nobody hung up */
    STALLED,
    /** data come, but no picture can be made of them */
    UNDECODABLE,
    /** the other side hung up, or the connection broke */
    DISCONNECTED,
    /** pictures are missing between others: lost on the way, or never sent */
    LOST_PACKETS,
    /** it starts to count time anew or to send another codec, and is opened anew for it */
    CHANGED,
    /** no such host, or no way to it */
    UNREACHABLE,
    /** a machine is there, and nothing on it answers at this port */
    REFUSED,
    /** user or password are wrong or missing */
    UNAUTHORIZED,
    /** a server is there, and knows no such stream */
    NOT_FOUND,
    /** the connection stands and nothing comes through it */
    SILENT,
    /** something comes, and it is no video */
    NOT_A_VIDEO,
    /** a video that cannot be kept as it is */
    UNSUPPORTED,
    /** an address that is never opened */
    NOT_ALLOWED,
    /** the recording cannot be written */
    NOT_STORED,
    /** a file was played to its end */
    ENDED,
    /** nobody records it */
    STOPPED;

    /** Whether another attempt could end differently. */
    boolean isFinal() {
        return this == NOT_ALLOWED || this == ENDED || this == STOPPED;
    }
}
