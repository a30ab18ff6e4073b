// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.keep;

import co.elastic.clients.elasticsearch.core.search.Hit;
import dev.longwatch.indexer.keep.Pictures.Freed;
import dev.longwatch.indexer.schema.SetDigest;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counts what went and what stayed. */
final class Tally {

    private final Map<String, Long> deleted = new LinkedHashMap<>();
    private final Set<String> kept = new HashSet<>();
    private final SetDigest digest = new SetDigest();
    private Freed footage = Freed.NOTHING;
    private Freed ownFiles = Freed.NOTHING;
    private long firstMillis = Long.MAX_VALUE;
    private long lastMillis = Long.MIN_VALUE;

    void deleted(String kind, List<? extends Hit<?>> hits) {
        if (!hits.isEmpty()) {
            deleted.merge(kind, (long) hits.size(), Long::sum);
            hits.forEach(hit -> digest.add(kind + " " + hit.id()));
        }
    }

    void happened(long startMillis, long endMillis) {
        firstMillis = Math.min(firstMillis, startMillis);
        lastMillis = Math.max(lastMillis, endMillis);
    }

    void kept(String kind, String id) {
        kept.add(kind + " " + id);
    }

    void footage(Freed freed) {
        footage = footage.and(freed);
    }

    void ownFile(Freed freed) {
        ownFiles = ownFiles.and(freed);
    }

    Map<String, Long> deleted() {
        return deleted;
    }

    long keptPinned() {
        return kept.size();
    }

    Freed footage() {
        return footage;
    }

    Receipt receipt(Receipt begun, String state) {
        return new Receipt(
                begun.id(),
                state,
                begun.at(),
                begun.streams(),
                begun.from(),
                begun.to(),
                begun.ids(),
                begun.reason(),
                begun.evenPinned(),
                deleted,
                footage.files(),
                footage.bytes() + ownFiles.bytes(),
                ownFiles.files(),
                iso(firstMillis),
                iso(lastMillis),
                kept.size(),
                footage.kept(),
                digest.hex());
    }

    private @Nullable String iso(long millis) {
        return firstMillis == Long.MAX_VALUE
                ? null
                : Instant.ofEpochMilli(millis).toString();
    }
}
