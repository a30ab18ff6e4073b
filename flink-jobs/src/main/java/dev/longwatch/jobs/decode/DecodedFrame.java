// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.decode;

/**
 * What became of a picture that was wanted.
 *
 * @param ptsMicros when it is on screen, microseconds after the video's first picture
 * @param width in pixels, as shown
 * @param height in pixels, as shown
 * @param rgb {@code height * width * 3} bytes, row by row, red first; none when the picture could not be decoded
 */
public record DecodedFrame(long ptsMicros, int width, int height, byte[] rgb) {

    static DecodedFrame lost(long ptsMicros) {
        return new DecodedFrame(ptsMicros, 0, 0, new byte[0]);
    }

    /** Whether the picture could not be decoded, or only with visible damage. */
    public boolean isLost() {
        return rgb.length == 0;
    }
}
