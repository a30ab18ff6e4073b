// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.follow;

import dev.longwatch.indexer.watchlist.Watchlist;
import java.util.Set;
import org.apache.flink.api.connector.source.SourceEvent;

/**
 * What a reader is told: before it begins, and again with every change. Travels in memory only, since it holds secrets.
 *
 * @param watchlist as it is now; streams that are not in it are to be ended
 * @param elsewhere streams that another reader has: one that was restored with them gives them up
 */
public record Orders(Watchlist watchlist, Set<String> elsewhere) implements SourceEvent {

    private static final long serialVersionUID = 1L;

    public Orders {
        elsewhere = Set.copyOf(elsewhere);
    }
}
