// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

import java.util.List;
import java.util.Set;

/**
 * Who records what.
 *
 * @param assigned names of the streams that a reader has
 * @param waiting splits that no reader has, because theirs failed
 */
record StreamEnumeratorState(Set<String> assigned, List<StreamSplit> waiting) {

    static final StreamEnumeratorState NONE = new StreamEnumeratorState(Set.of(), List.of());

    StreamEnumeratorState {
        assigned = Set.copyOf(assigned);
        waiting = List.copyOf(waiting);
    }
}
