// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.model.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Segments of patches that attend to each other, gathered by length so that equal ones are one batch.
 *
 * @param lengths the different lengths, rising
 * @param rows for each length where the patches of its segments stand, segment after segment
 */
record AttentionSegments(List<Integer> lengths, List<long[]> rows) {

    /** @param segments length of each, in the order in which they stand */
    static AttentionSegments of(int[] segments) {
        Map<Integer, List<Integer>> starts = new TreeMap<>();
        int start = 0;
        for (int length : segments) {
            starts.computeIfAbsent(length, any -> new ArrayList<>()).add(start);
            start += length;
        }
        List<long[]> rows = new ArrayList<>();
        starts.forEach((length, all) -> rows.add(rows(length, all)));
        return new AttentionSegments(List.copyOf(starts.keySet()), rows);
    }

    private static long[] rows(int length, List<Integer> starts) {
        long[] rows = new long[starts.size() * length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (long) starts.get(i / length) + i % length;
        }
        return rows;
    }
}
