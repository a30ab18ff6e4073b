// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.sink;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What became of one write.
 *
 * @param kind what to do about it
 * @param status HTTP status of this item; 0 when there was no answer
 * @param cause the server's words; empty when stored
 */
record BulkOutcome(Kind kind, int status, String cause) {

    enum Kind {
        /** It is there, or a newer version of it is. */
        STORED,
        /** Not now: the same write may succeed later. */
        RETRY,
        /** Never: the server does not accept this document. */
        REFUSED
    }

    /**
     * Errors with a status that blames the document although the cluster is at fault: an index that may not be written
     * or made just now, too many shards.
     */
    private static final Set<String> OF_THE_CLUSTER = Set.of(
            "cluster_block_exception",
            "index_closed_exception",
            "index_not_found_exception",
            "security_exception",
            "validation_exception");

    private static final BulkOutcome STORED = new BulkOutcome(Kind.STORED, 200, "");

    /**
     * @param status HTTP status of the item
     * @param type Elasticsearch's name of the error, null when there was none
     * @param reason its explanation
     */
    static BulkOutcome of(int status, @Nullable String type, @Nullable String reason) {
        if (status < 300 || status == 409) {
            return STORED;
        }
        String cause = (type == null ? "status " + status : type) + (reason == null ? "" : ": " + reason);
        boolean passing = status == 429
                || status >= 500
                || status == 401
                || status == 403
                || (type != null && OF_THE_CLUSTER.contains(type));
        return new BulkOutcome(passing ? Kind.RETRY : Kind.REFUSED, status, cause);
    }

    /** Nobody answered: connection refused, reset, too slow. */
    static BulkOutcome unanswered(String cause) {
        return new BulkOutcome(Kind.RETRY, 0, cause);
    }
}
