// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.OpType;
import co.elastic.clients.elasticsearch._types.Refresh;
import co.elastic.clients.elasticsearch.core.GetResponse;
import co.elastic.clients.elasticsearch.core.search.Hit;
import dev.longwatch.indexer.alert.Alert;
import dev.longwatch.indexer.alert.Handling;
import dev.longwatch.indexer.alert.Snooze;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.indexer.schema.AlertDocument;
import dev.longwatch.indexer.schema.HandlingDocument;
import dev.longwatch.indexer.schema.IndexNames;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Where people deal with alerts: acknowledge, assign, snooze, judge. Safe for use by several threads. */
public final class AlertDesk {

    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int MOST_SNOOZES = 1_000;

    private final Elasticsearch elasticsearch;
    private final IndexNames names;

    public AlertDesk(Elasticsearch elasticsearch, IndexNames names) {
        this.elasticsearch = elasticsearch;
        this.names = names;
    }

    /**
     * The alert of that id.
     *
     * @throws IndexException when Elasticsearch cannot be asked
     */
    public Optional<Alert> alert(String id) {
        try {
            return elasticsearch
                    .client()
                    .search(
                            search -> search.index(names.everyAlert()).query(query -> query.ids(ids -> ids.values(id))),
                            AlertDocument.class)
                    .hits()
                    .hits()
                    .stream()
                    .map(AlertDesk::alert)
                    .findFirst();
        } catch (IOException | ElasticsearchException e) {
            throw elasticsearch.explain(e);
        }
    }

    /**
     * What people did about an alert so far.
     *
     * @throws IndexException when Elasticsearch cannot be asked
     */
    public Handling handling(Alert alert) {
        try {
            return handling(alert, stored(alert));
        } catch (IOException | ElasticsearchException e) {
            throw elasticsearch.explain(e);
        }
    }

    /**
     * Does something about an alert. When somebody else does so at the same moment, both count.
     *
     * @param change may be called more than once
     * @return what was done so far
     * @throws IndexException when Elasticsearch cannot be asked
     */
    public Handling handle(Alert alert, UnaryOperator<Handling> change) {
        try {
            while (true) {
                @Nullable GetResponse<HandlingDocument> stored = stored(alert);
                Handling changed = change.apply(handling(alert, stored));
                if (store(changed, stored)) {
                    return changed;
                }
            }
        } catch (IOException | ElasticsearchException e) {
            throw elasticsearch.explain(e);
        }
    }

    /**
     * Of which rules and streams nobody wants to hear now.
     *
     * @param nowMillis milliseconds since 1970 UTC
     * @throws IndexException when Elasticsearch cannot be asked
     */
    public List<Snooze> snoozes(long nowMillis) {
        String now = Instant.ofEpochMilli(nowMillis).toString();
        try {
            return elasticsearch
                    .client()
                    .search(
                            search -> search.index(names.handling())
                                    .ignoreUnavailable(true)
                                    .size(MOST_SNOOZES)
                                    .query(query -> query.range(range -> range.date(until ->
                                            until.field("snoozed_until").gt(now)))),
                            HandlingDocument.class)
                    .hits()
                    .hits()
                    .stream()
                    .map(hit -> Objects.requireNonNull(hit.source()))
                    .map(document -> new Snooze(
                            document.stream(),
                            document.rule(),
                            Instant.parse(document.snoozedUntil()).toEpochMilli()))
                    .toList();
        } catch (IOException | ElasticsearchException e) {
            throw elasticsearch.explain(e);
        }
    }

    /**
     * How many alerts were raised in a stretch of wall clock, delivered or not.
     *
     * @param fromMillis milliseconds since 1970 UTC
     * @param toMillis exclusive
     * @throws IndexException when Elasticsearch cannot be asked
     */
    public long raised(long fromMillis, long toMillis) {
        String from = Instant.ofEpochMilli(fromMillis).toString();
        String to = Instant.ofEpochMilli(toMillis).toString();
        try {
            return elasticsearch
                    .client()
                    .count(count -> count.index(names.everyAlert())
                            .ignoreUnavailable(true)
                            .query(query -> query.range(range -> range.date(raised ->
                                    raised.field("raised_at").gte(from).lt(to)))))
                    .count();
        } catch (IOException | ElasticsearchException e) {
            throw elasticsearch.explain(e);
        }
    }

    /** Null when nobody has done anything yet. */
    private @Nullable GetResponse<HandlingDocument> stored(Alert alert) throws IOException {
        try {
            GetResponse<HandlingDocument> stored = elasticsearch
                    .client()
                    .get(get -> get.index(names.handling()).id(alert.id()), HandlingDocument.class);
            return stored.found() ? stored : null;
        } catch (ElasticsearchException e) {
            if (e.status() == NOT_FOUND) {
                // the index comes with its first document
                return null;
            }
            throw e;
        }
    }

    /** False when somebody else was faster. */
    private boolean store(Handling handling, @Nullable GetResponse<HandlingDocument> before) throws IOException {
        try {
            elasticsearch.client().index(index -> {
                index.index(names.handling())
                        .id(handling.alert())
                        .document(HandlingDocument.of(handling))
                        .refresh(Refresh.WaitFor);
                return before == null
                        ? index.opType(OpType.Create)
                        : index.ifSeqNo(before.seqNo()).ifPrimaryTerm(before.primaryTerm());
            });
            return true;
        } catch (IOException | ElasticsearchException e) {
            // the client does not always understand this answer
            if (Elasticsearch.status(e) == CONFLICT) {
                return false;
            }
            throw e;
        }
    }

    private static Handling handling(Alert alert, @Nullable GetResponse<HandlingDocument> stored) {
        return stored == null
                ? Handling.none(alert)
                : Objects.requireNonNull(stored.source()).toHandling(alert.id());
    }

    private static Alert alert(Hit<AlertDocument> hit) {
        return Objects.requireNonNull(hit.source()).toAlert(Objects.requireNonNull(hit.id()));
    }
}
