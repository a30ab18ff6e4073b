// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.network;

import ai.djl.ndarray.NDArray;

/** Compares what left each box with the reference, in order, so that the first one off the path is the one named. */
final class TapDiff {

    private static final int PAIRS = 5;

    private final Goldens goldens;
    private final float tolerance;

    /** @param tolerance for each number of the tap's largest size, but at least for numbers up to 1 */
    TapDiff(Goldens goldens, float tolerance) {
        this.goldens = goldens;
        this.tolerance = tolerance;
    }

    void check(String tap, NDArray found) {
        check(tap, found.toFloatArray(), goldens.floats(tap));
    }

    void check(String tap, float[] found, float[] expected) {
        if (found.length != expected.length) {
            throw new AssertionError(tap + ": expected " + expected.length + " numbers, found " + found.length);
        }
        float most = 0;
        float largest = 1;
        for (int i = 0; i < found.length; i++) {
            float difference = Math.abs(found[i] - expected[i]);
            // not-a-number must not pass
            most = difference <= most ? most : difference;
            largest = Math.max(largest, Math.abs(expected[i]));
        }
        if (!(most <= tolerance * largest)) {
            StringBuilder pairs = new StringBuilder();
            for (int i = 0; i < Math.min(PAIRS, found.length); i++) {
                pairs.append(String.format("%n  [%d] found %.6f expected %.6f", i, found[i], expected[i]));
            }
            throw new AssertionError(tap + " is off by " + most + ", allowed " + tolerance * largest + pairs);
        }
    }
}
