// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.keep;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to go: streams, or a time on streams, or single events; never simply everything.
 *
 * @param streams videos and streams; empty only where {@code ids} are given
 * @param from what reaches beyond this; null for the beginning
 * @param to what begins before this; null for no end
 * @param ids of events and alerts, the only ones of the streams that are meant; empty for all
 * @param reason in words, for the receipt; may be empty
 * @param ownFiles whether the files go too that somebody put there for Longwatch to watch
 * @param evenPinned whether pins spare nothing
 */
public record DeletionRequest(
        List<String> streams,
        @Nullable Instant from,
        @Nullable Instant to,
        List<String> ids,
        String reason,
        boolean ownFiles,
        boolean evenPinned) {

    public DeletionRequest {
        streams = List.copyOf(streams);
        ids = List.copyOf(ids);
        if (streams.isEmpty() && ids.isEmpty()) {
            throw new IllegalArgumentException("a deletion needs a stream or ids of events");
        }
        if (ownFiles && (from != null || to != null || !ids.isEmpty())) {
            throw new IllegalArgumentException("a file goes whole or not at all, found a time or ids besides");
        }
        if (from != null && to != null && !from.isBefore(to)) {
            throw new IllegalArgumentException("expected an end after the beginning, found " + from + " to " + to);
        }
    }

    public static DeletionRequest ofStreams(String... streams) {
        return new DeletionRequest(List.of(streams), null, null, List.of(), "", false, false);
    }

    public static DeletionRequest ofIds(String... ids) {
        return new DeletionRequest(List.of(), null, null, List.of(ids), "", false, false);
    }

    public DeletionRequest between(@Nullable Instant begin, @Nullable Instant end) {
        return new DeletionRequest(streams, begin, end, ids, reason, ownFiles, evenPinned);
    }

    public DeletionRequest because(String words) {
        return new DeletionRequest(streams, from, to, ids, words, ownFiles, evenPinned);
    }

    public DeletionRequest withOwnFiles() {
        return new DeletionRequest(streams, from, to, ids, reason, true, evenPinned);
    }

    public DeletionRequest thoughPinned() {
        return new DeletionRequest(streams, from, to, ids, reason, ownFiles, true);
    }

    /** The time on the streams that is meant. */
    Stretch stretch() {
        return new Stretch(from == null ? 0 : from.toEpochMilli(), to == null ? Long.MAX_VALUE : to.toEpochMilli());
    }
}
