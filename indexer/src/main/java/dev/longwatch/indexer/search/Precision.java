// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

/**
 * Which share of a rule's alerts is right, as far as people have judged them.
 *
 * @param share of those that were judged, 0 to 1
 * @param low where the share of all of its alerts begins, with a confidence of 95 %: Wilson's interval
 * @param high where that ends
 * @param judged how many were
 */
public record Precision(double share, double low, double high, int judged) {

    /** 97.5 % of the standard normal distribution lie below. */
    private static final double Z = 1.959964;

    /** @param judged at least 1 */
    static Precision of(int right, int judged) {
        double share = (double) right / judged;
        double weight = 1 + Z * Z / judged;
        double centre = (share + Z * Z / (2.0 * judged)) / weight;
        double reach = Z / weight * Math.sqrt(share * (1 - share) / judged + Z * Z / (4.0 * judged * judged));
        return new Precision(share, Math.max(0, centre - reach), Math.min(1, centre + reach), judged);
    }
}
