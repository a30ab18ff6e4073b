// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.jobs.record;

/** What the index says of one stretch of wall clock. The stretches of a stream follow each other without overlap. */
public sealed interface IndexEntry permits Segment, Gap {

    /** The stream's name. */
    String stream();

    /** Wall clock, milliseconds since 1970 UTC. */
    long startMillis();

    /** Wall clock, exclusive. */
    long endMillis();

    /** Counts the connections to the stream since its recording began; times of pictures compare within one only. */
    long epoch();

    /** What is to be said of it besides, a part of a sentence for a person; empty when it is as it should be. */
    String why();
}
