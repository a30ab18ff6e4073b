// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.decode;

/** Reads the number that make_videos.sh painted along the bottom edge of every picture. */
public final class FrameNumber {

    /** Each picture of these videos is on screen for so long, whatever was left out before it. */
    public static final long MICROS = 40_000;

    private static final int BITS = 16;

    private FrameNumber() {}

    /** @param rgb a picture of any size with the scene's proportions */
    public static int read(byte[] rgb, int width, int height) {
        int number = 0;
        int y = height * 165 / 180;
        for (int bit = 0; bit < BITS; bit++) {
            int x = width * (2 * bit + 1) / (2 * BITS);
            int green = rgb[(y * width + x) * 3 + 1] & 0xff;
            if (green > 64 && green < 192) {
                throw new AssertionError("box " + bit + " is neither black nor white but " + green);
            }
            number |= green >= 192 ? 1 << bit : 0;
        }
        return number;
    }
}
