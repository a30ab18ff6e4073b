// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.local;

import dev.longwatch.indexer.client.ElasticsearchAddress;
import dev.longwatch.indexer.local.Lease;
import dev.longwatch.indexer.local.LocalElasticsearch;
import dev.longwatch.indexer.local.ServerException;
import dev.longwatch.indexer.local.ServerSettings;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The Elasticsearch of a run that lasts: one that was named, or the one on this machine, which is held as long as this is
 * open and started again when it is gone.
 */
public final class KeptIndex implements AutoCloseable {

    private final @Nullable ServerSettings settings;
    private final Consumer<String> progress;
    private @Nullable Lease lease;
    private ElasticsearchAddress address;

    private KeptIndex(
            @Nullable ServerSettings settings,
            Consumer<String> progress,
            @Nullable Lease lease,
            ElasticsearchAddress address) {
        this.settings = settings;
        this.progress = progress;
        this.lease = lease;
        this.address = address;
    }

    /** One that somebody else looks after. */
    public static KeptIndex named(ElasticsearchAddress address) {
        return new KeptIndex(null, words -> {}, null, address);
    }

    /**
     * The one on this machine, started when it does not run.
     *
     * @param progress told what is being waited for
     * @throws ServerException when there is none to be had
     */
    public static KeptIndex onThisMachine(ServerSettings settings, Consumer<String> progress) {
        Lease lease = LocalElasticsearch.lease(settings, progress);
        return new KeptIndex(settings, progress, lease, lease.address());
    }

    public ElasticsearchAddress address() {
        return address;
    }

    /** Whether it can be started from here. */
    public boolean isOurs() {
        return settings != null;
    }

    /**
     * Starts the one on this machine again, if it does not run.
     *
     * @return whether it is at another address now
     * @throws ServerException when there is none to be had
     */
    public boolean revive() {
        if (settings == null) {
            return false;
        }
        Lease renewed = LocalElasticsearch.lease(settings, progress);
        close();
        lease = renewed;
        boolean moved = !renewed.address().equals(address);
        address = renewed.address();
        return moved;
    }

    @Override
    public void close() {
        if (lease != null) {
            lease.close();
            lease = null;
        }
    }
}
