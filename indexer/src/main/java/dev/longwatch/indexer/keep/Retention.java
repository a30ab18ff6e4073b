// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.keep;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.watchlist.WatchedStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Deletes what is older than its stream's figure: events, alerts and all that hangs on them, and the ledger. Footage goes by
 * the same figure, where it is recorded: the recorder learns here what is pinned. It asks no more of the server than half
 * the time, and may end anywhere: the next sweep finds what is left.
 */
public final class Retention {

    /** Longer than anybody goes back to a checkpoint. */
    private static final Duration DELETIONS_STAND = Duration.ofDays(7);

    private final Elasticsearch elasticsearch;
    private final IndexNames names;
    private final Pictures pictures;

    /**
     * What a sweep did to a stream.
     *
     * @param deleted how many documents of each kind
     * @param keptPinned events and alerts that are too old and pinned
     */
    public record Swept(String stream, Map<String, Long> deleted, long keptPinned) {}

    /** The indices are laid out already. */
    public Retention(Elasticsearch elasticsearch, IndexNames names, Pictures pictures) {
        this.elasticsearch = elasticsearch;
        this.names = names;
        this.pictures = pictures;
    }

    /**
     * Sweeps once. Deletions of the last days that were interrupted, or undone by a job that went back to a checkpoint, are
     * carried out again.
     *
     * @param keepMillis for each stream how long things are kept; {@link WatchedStream#FOREVER} for ever. Of streams that
     *     are not named everything stays
     * @param nowMillis milliseconds since 1970 UTC
     * @throws IndexException when Elasticsearch cannot do it now
     */
    public List<Swept> sweep(Map<String, Long> keepMillis, long nowMillis) {
        List<Pin> pins = new Pins(elasticsearch, names).all();
        keepMillis.keySet().forEach(stream -> pictures.keep(stream, Deletion.of(stream, pins)));
        new Deletion(elasticsearch, names, pictures)
                .repeat(Instant.ofEpochMilli(nowMillis).minus(DELETIONS_STAND));
        List<Swept> swept = new ArrayList<>();
        keepMillis.forEach((stream, keep) -> {
            if (keep < nowMillis) {
                swept.add(sweep(stream, nowMillis - keep, pins));
            }
        });
        return swept;
    }

    private Swept sweep(String stream, long untilMillis, List<Pin> pins) {
        Erasure erasure = new Erasure(elasticsearch, names, pictures, pins, false, true);
        Query its = Erasure.anyOf("stream", List.of(stream));
        try {
            erasure.roots(old(its, "ended_at", untilMillis));
            erasure.leftovers(old(its, "created_at", untilMillis), old(its, "changed_at", untilMillis));
            erasure.refused(old(its, "refused_at", untilMillis), Stretch.EVER);
            erasure.coverage(old(its, "to", untilMillis), Stretch.EVER);
        } catch (IOException | ElasticsearchException e) {
            throw elasticsearch.explain(e);
        }
        return new Swept(stream, erasure.tally().deleted(), erasure.tally().keptPinned());
    }

    private static Query old(Query its, String field, long millis) {
        return Erasure.both(List.of(its, Erasure.before(field, millis)));
    }
}
