// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.decode;

/**
 * Which pictures are worth decoding. Asked before anything is decoded, from the packets' times alone: what is not wanted
 * and not referred to is never decoded at all.
 */
@FunctionalInterface
public interface PictureChoice {

    /**
     * Asked once for each picture, in the order they are on screen.
     *
     * @param ptsMicros when the picture is on screen, microseconds after the video's first; later than all asked before
     */
    boolean wants(long ptsMicros);
}
