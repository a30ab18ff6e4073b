// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.follow;

import java.util.Set;
import org.apache.flink.api.connector.source.SourceEvent;

/**
 * What a reader says first: the streams that its checkpoint gave it.
 *
 * @param streams their names
 */
record Holding(Set<String> streams) implements SourceEvent {

    private static final long serialVersionUID = 1L;

    Holding {
        streams = Set.copyOf(streams);
    }
}
