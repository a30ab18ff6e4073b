// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.sink;

import java.io.Serializable;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The sink's way out, so that a test can stand in for a server that misbehaves. */
interface BulkTransport extends AutoCloseable {

    /**
     * @return one outcome for each write, in the same order; a failure of the server is an outcome, not an exception
     */
    CompletableFuture<List<BulkOutcome>> send(List<DocumentWrite> writes);

    @Override
    void close();

    /** Opens one on the machine where the sink runs. */
    interface Opener extends Serializable {

        /** @param restored whether the job goes on after a failure, when a server that is away may be waited for */
        BulkTransport open(boolean restored);
    }
}
