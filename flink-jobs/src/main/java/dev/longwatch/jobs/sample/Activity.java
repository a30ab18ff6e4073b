// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.sample;

import java.util.Arrays;

/**
 * How much changes from one picture to the next: the share of cells of a coarse grey picture that differ by more than noise
 * explains. Indifferent to exposure (the mean is taken off) and to sensor noise (most cells of a picture stand still, so the
 * median difference tells how much of it is noise). Plain arithmetic on two pictures: the same on every replay.
 *
 * @param changedCells share of the cells that changed, 0 to 1
 * @param light change of the mean brightness, in grey levels of 255
 */
record Activity(double changedCells, double light) {

    static final int COLUMNS = 64;
    static final int ROWS = 36;

    /** Fewer are no thing that moves: a cell is a seventieth of the picture's diagonal. */
    private static final int LEAST_CELLS = 2;

    /** Grey levels that a cell must differ by, and how many standard deviations of the noise. */
    private static final double LEAST_DIFFERENCE = 10;

    private static final double DEVIATIONS = 5;

    /** From the median of absolute differences to the standard deviation of a normal distribution. */
    private static final double TO_DEVIATION = 1.4826;

    /** Grey levels by which the mean must change to be a lamp rather than a cloud. */
    private static final double LEAST_LIGHT = 8;

    /** Whether this is worth another look. */
    boolean isChange() {
        return changedCells >= (double) LEAST_CELLS / (COLUMNS * ROWS) || Math.abs(light) > LEAST_LIGHT;
    }

    /** @param grey as {@link #grey} makes them, of pictures of one size */
    static Activity between(float[] before, float[] after) {
        int cells = before.length;
        double[] difference = new double[cells];
        double mean = 0;
        for (int i = 0; i < cells; i++) {
            difference[i] = after[i] - before[i];
            mean += difference[i] / cells;
        }
        double[] distance = new double[cells];
        for (int i = 0; i < cells; i++) {
            distance[i] = Math.abs(difference[i] - mean);
        }
        double[] sorted = distance.clone();
        Arrays.sort(sorted);
        double limit = Math.max(LEAST_DIFFERENCE, DEVIATIONS * TO_DEVIATION * sorted[cells / 2]);
        long changed = Arrays.stream(distance).filter(d -> d > limit).count();
        return new Activity((double) changed / cells, mean);
    }

    /** The picture's brightness, {@value #ROWS} rows of {@value #COLUMNS} cells, 0 to 255. */
    static float[] grey(SampledFrame frame) {
        float[] cells = new float[ROWS * COLUMNS];
        byte[] rgb = frame.rgb();
        for (int row = 0; row < ROWS; row++) {
            int top = row * frame.height() / ROWS;
            int bottom = Math.max(top + 1, (row + 1) * frame.height() / ROWS);
            for (int column = 0; column < COLUMNS; column++) {
                int left = column * frame.width() / COLUMNS;
                int right = Math.max(left + 1, (column + 1) * frame.width() / COLUMNS);
                int sum = 0;
                for (int y = top; y < bottom; y++) {
                    for (int i = 3 * (y * frame.width() + left); i < 3 * (y * frame.width() + right); i += 3) {
                        // the weights of ITU-R BT.601, in 256ths
                        sum += (77 * (rgb[i] & 255) + 150 * (rgb[i + 1] & 255) + 29 * (rgb[i + 2] & 255)) >> 8;
                    }
                }
                cells[row * COLUMNS + column] = (float) sum / ((bottom - top) * (right - left));
            }
        }
        return cells;
    }
}
