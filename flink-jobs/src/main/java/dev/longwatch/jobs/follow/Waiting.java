// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.follow;

import java.util.List;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * What no reader has: all there is of an enumerator in a checkpoint. What the readers have is their own state, and which
 * streams there are says the watchlist.
 *
 * @param splits that were taken back from a reader that failed
 * @param <S> a stream and the position in it
 */
public record Waiting<S extends SourceSplit>(List<S> splits) {

    public Waiting {
        splits = List.copyOf(splits);
    }
}
