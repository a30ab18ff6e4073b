// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was found.
 *
 * @param moments best first
 * @param total how many there are, shown or not
 * @param tookMillis from the question to the answer
 * @param understood what the person's words were taken for
 * @param notes what they should know of this answer, in sentences
 * @param next the cursor of what follows; null when that was all
 */
public record SearchResult(
        List<Moment> moments,
        long total,
        long tookMillis,
        Understood understood,
        List<String> notes,
        @Nullable String next) {

    public SearchResult {
        moments = List.copyOf(moments);
        notes = List.copyOf(notes);
    }

    SearchResult with(List<String> more) {
        List<String> all = new ArrayList<>(notes);
        all.addAll(more);
        return new SearchResult(moments, total, tookMillis, understood, all, next);
    }
}
