// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

/** Is told what becomes of a stream, on the thread that records it. */
interface RecordingListener {

    /**
     * The recording goes on.
     *
     * @param end of its index, of which all was told that is to be told
     */
    default void opened(IndexPosition end) {}

    /** The stream's condition changed. */
    void state(StreamState state);

    /**
     * A line was added to the index.
     *
     * @param end behind it
     */
    void entry(IndexEntry entry, IndexPosition end);
}
