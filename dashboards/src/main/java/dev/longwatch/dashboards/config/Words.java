// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a person may have meant. */
public final class Words {

    private Words() {}

    /** {@code ; did you mean 'threshold'?}, or the valid ones when none is near. */
    public static String hint(String found, Collection<String> valid) {
        if (valid.isEmpty()) {
            return "; there are none";
        }
        return nearest(found, valid)
                .map(word -> "; did you mean '" + word + "'?")
                .orElse("; expected one of " + String.join(", ", List.copyOf(valid)));
    }

    /** The valid word with the fewest differences, if they are few. */
    public static Optional<String> nearest(String found, Collection<String> valid) {
        return valid.stream()
                .filter(word -> differences(found, word) <= Math.max(1, Math.min(found.length(), word.length()) / 3))
                .min(Comparator.comparingInt(word -> differences(found, word)));
    }

    /** Letters to insert, leave out or replace, and neighbours to swap; upper and lower case are the same. */
    static int differences(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                cost[i][j] = Math.min(replaced, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
