// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

import org.apache.flink.api.connector.source.SourceSplit;
import org.jspecify.annotations.Nullable;

/**
 * A stream being recorded. Kept in checkpoints, and without the address, which holds a password: {@link
 * StreamSplitSerializer} reads all versions ever written.
 *
 * @param stream its name
 * @param known behind the last line of its index that was handed on; null before its recording was opened
 */
record StreamSplit(String stream, @Nullable IndexPosition known) implements SourceSplit {

    @Override
    public String splitId() {
        return stream;
    }
}
