// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import java.util.List;

/**
 * What was found.
 *
 * @param moments best first
 * @param total how many there are, shown or not
 * @param tookMillis inside the server
 */
public record SearchResult(List<Moment> moments, long total, long tookMillis) {

    public SearchResult {
        moments = List.copyOf(moments);
    }
}
