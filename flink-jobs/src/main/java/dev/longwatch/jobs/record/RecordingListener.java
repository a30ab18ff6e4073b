// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

/** Is told what becomes of a stream, on the thread that records it. */
interface RecordingListener {

    /** The stream's condition changed. */
    void state(StreamState state);

    /**
     * A line was added to the index.
     *
     * @param end behind it
     */
    void entry(IndexEntry entry, IndexPosition end);
}
