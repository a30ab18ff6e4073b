// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.decode;

/**
 * How a stored picture is turned to be shown: by quarters of a circle and possibly mirrored, as a display matrix says.
 * A stored point {@code (x, y)} is shown at {@code (a x + c y, b x + d y)}, moved into the picture.
 *
 * @param a -1, 0 or 1, as all four
 */
record Upright(int a, int b, int c, int d) {

    static final Upright AS_STORED = new Upright(1, 0, 0, 1);

    /**
     * @param matrix nine numbers of an ISO base media display matrix; the first two of the first two rows turn and mirror
     * @return as stored when the matrix turns by something that is no quarter of a circle
     */
    static Upright of(int[] matrix) {
        Upright upright = new Upright(
                Integer.signum(matrix[0]),
                Integer.signum(matrix[1]),
                Integer.signum(matrix[3]),
                Integer.signum(matrix[4]));
        boolean straight = upright.b == 0 && upright.c == 0 && upright.a != 0 && upright.d != 0;
        return straight || upright.swapsSides() ? upright : AS_STORED;
    }

    /** Whether the stored picture lies on its side. */
    boolean swapsSides() {
        return a == 0 && d == 0 && b != 0 && c != 0;
    }

    /**
     * @param rgb {@code height * width * 3} bytes as stored
     * @return the same bytes as shown, {@code height} and {@code width} swapped if the sides are
     */
    byte[] turn(byte[] rgb, int width, int height) {
        if (equals(AS_STORED)) {
            return rgb;
        }
        int shownWidth = swapsSides() ? height : width;
        byte[] shown = new byte[rgb.length];
        int left = Math.min(0, a * (width - 1)) + Math.min(0, c * (height - 1));
        int top = Math.min(0, b * (width - 1)) + Math.min(0, d * (height - 1));
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int from = (y * width + x) * 3;
                int to = ((b * x + d * y - top) * shownWidth + a * x + c * y - left) * 3;
                shown[to] = rgb[from];
                shown[to + 1] = rgb[from + 1];
                shown[to + 2] = rgb[from + 2];
            }
        }
        return shown;
    }
}
