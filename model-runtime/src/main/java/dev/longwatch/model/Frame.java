// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model;

/**
 * One picture of a clip.
 *
 * <p>The pixels are not copied and must not change afterwards.
 *
 * @param width in pixels
 * @param height in pixels
 * @param rgb {@code height * width * 3} bytes, row by row, red first
 * @param seconds when the picture was on screen, from the start of the clip, not negative
 */
public record Frame(int width, int height, byte[] rgb, double seconds) {

    public Frame {
        if (width <= 0 || height <= 0 || rgb.length != 3L * width * height) {
            throw new IllegalArgumentException("frame of " + width + "x" + height + " needs " + 3L * width * height
                    + " bytes of RGB, found " + rgb.length);
        }
        if (!(seconds >= 0) || Double.isInfinite(seconds)) {
            throw new IllegalArgumentException("frame at " + seconds + " s: expected a second from the clip's start");
        }
    }
}
