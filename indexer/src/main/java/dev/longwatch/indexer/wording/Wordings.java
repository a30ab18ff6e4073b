// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.wording;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.ErrorCause;
import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregate;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.BulkResponse;
import co.elastic.clients.elasticsearch.core.bulk.BulkOperation;
import co.elastic.clients.elasticsearch.core.bulk.BulkResponseItem;
import co.elastic.clients.elasticsearch.core.mget.MultiGetResponseItem;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.embed.Embedder;
import dev.longwatch.indexer.embed.EmbedderException;
import dev.longwatch.indexer.event.Wording;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.schema.WordingDocument;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the wordings of events. Thread-safe; what fails is thrown as the client throws it. */
public final class Wordings {

    private static final Logger LOG = LoggerFactory.getLogger(Wordings.class);

    private static final int PAGE = 1_000;
    private static final int CONFLICT = 409;
    private static final int BAD_DOCUMENT = 400;
    private static final int TOO_LARGE = 413;
    private static final int LONGEST_REASON = 250;
    private static final String REFUSED = "a wording is refused, no search will find its events: {}";

    private final Elasticsearch elasticsearch;
    private final IndexNames names;
    private final Embedder embedder;

    public Wordings(Elasticsearch elasticsearch, IndexNames names, Embedder embedder) {
        this.elasticsearch = elasticsearch;
        this.names = names;
        this.embedder = embedder;
    }

    /**
     * Writes those that are not there yet. Blocks for the server, and for some milliseconds for each new wording.
     *
     * @throws IOException when the server cannot take one now; those that it will never take are logged and left out
     */
    public void ensure(Collection<Wording> wordings) throws IOException {
        Map<String, Wording> missing = new LinkedHashMap<>();
        wordings.forEach(wording -> missing.put(wording.id(), wording));
        missing.keySet().removeAll(present(List.copyOf(missing.keySet())));
        put(missing, false);
    }

    /**
     * Deletes those of the wordings that no event has any more. They are gone for every search when this returns.
     *
     * @return how many
     */
    public long prune(Collection<String> ids) throws IOException {
        long pruned = 0;
        List<String> all = List.copyOf(ids);
        for (int from = 0; from < all.size(); from += PAGE) {
            pruned += prunePage(all.subList(from, Math.min(all.size(), from + PAGE)));
        }
        return pruned;
    }

    /** Writes the wordings whether they are there or not, with the meaning they have for this model. */
    void replace(Collection<Wording> wordings) throws IOException {
        Map<String, Wording> all = new LinkedHashMap<>();
        wordings.forEach(wording -> all.put(wording.id(), wording));
        put(all, true);
    }

    private Set<String> present(List<String> ids) throws IOException {
        if (ids.isEmpty()) {
            return Set.of();
        }
        Set<String> present = new LinkedHashSet<>();
        for (MultiGetResponseItem<Void> item : elasticsearch
                .client()
                .mget(get -> get.index(names.wordings()).ids(ids).source(source -> source.fetch(false)), Void.class)
                .docs()) {
            // a failure says that the index is not there yet
            if (item.isResult() && item.result().found()) {
                present.add(item.result().id());
            }
        }
        return present;
    }

    private void put(Map<String, Wording> wordings, boolean replacing) throws IOException {
        if (wordings.isEmpty()) {
            return;
        }
        List<BulkOperation> operations = new ArrayList<>();
        wordings.forEach((id, wording) -> {
            WordingDocument document = WordingDocument.of(wording, meaning(wording));
            operations.add(BulkOperation.of(operation -> replacing
                    ? operation.index(
                            index -> index.index(names.wordings()).id(id).document(document))
                    : operation.create(
                            create -> create.index(names.wordings()).id(id).document(document))));
        });
        write(operations);
    }

    /** A request that is refused as a whole is, but for the one wording that spoils it, written in parts. */
    private void write(List<BulkOperation> operations) throws IOException {
        List<BulkResponseItem> items;
        try {
            items = bulk(operations).items();
        } catch (IOException | ElasticsearchException e) {
            int status = Elasticsearch.status(e);
            if (status != BAD_DOCUMENT && status != TOO_LARGE) {
                throw e;
            }
            if (operations.size() == 1) {
                LOG.warn(REFUSED, cut(e.getMessage()));
                return;
            }
            int half = operations.size() / 2;
            write(operations.subList(0, half));
            write(operations.subList(half, operations.size()));
            return;
        }
        for (BulkResponseItem item : items) {
            ErrorCause error = item.error();
            if (error == null || item.status() == CONFLICT) {
                continue;
            }
            boolean blamed = item.status() == BAD_DOCUMENT && !"validation_exception".equals(error.type());
            if (!blamed && item.status() != TOO_LARGE) {
                throw new IOException("wording " + item.id() + " is not taken now: " + error.reason());
            }
            LOG.warn(REFUSED, cut(error.reason()));
        }
    }

    /** @return null where the model does not run: the words are kept and found all the same */
    private @Nullable Map<String, float[]> meaning(Wording wording) {
        if (wording.text().isBlank()) {
            return null;
        }
        try {
            return Map.of(embedder.model(), embedder.embed(wording.text()));
        } catch (EmbedderException e) {
            LOG.warn("a wording is kept without its meaning and found by its words only: {}", e.getMessage());
            return null;
        }
    }

    private long prunePage(List<String> ids) throws IOException {
        Set<String> unused = new LinkedHashSet<>(ids);
        unused.removeAll(used(ids));
        if (unused.isEmpty()) {
            return 0;
        }
        Map<String, Wording> deleted = wordings(unused);
        bulk(unused.stream()
                .map(id -> BulkOperation.of(operation -> operation.delete(
                        delete -> delete.index(names.wordings()).id(id))))
                .toList());
        // another writer may have found the wording here a moment ago and brought an event since
        deleted.keySet().retainAll(used(unused));
        put(deleted, false);
        refresh();
        return (long) unused.size() - deleted.size();
    }

    /** Those that some event has, when it is looked at now. */
    private Set<String> used(Collection<String> ids) throws IOException {
        elasticsearch.client().indices().refresh(refresh -> refresh.index(names.everyEvent())
                .ignoreUnavailable(true));
        Aggregate found = elasticsearch
                .client()
                .search(
                        search -> search.index(names.everyEvent())
                                .ignoreUnavailable(true)
                                .size(0)
                                .query(anyOf("wording", ids))
                                .aggregations(
                                        "used",
                                        of -> of.terms(
                                                terms -> terms.field("wording").size(PAGE))),
                        Void.class)
                .aggregations()
                .get("used");
        Set<String> used = new LinkedHashSet<>();
        if (found != null && found.isSterms()) {
            found.sterms()
                    .buckets()
                    .array()
                    .forEach(bucket -> used.add(bucket.key().stringValue()));
        }
        return used;
    }

    private Map<String, Wording> wordings(Collection<String> ids) throws IOException {
        Map<String, Wording> found = new LinkedHashMap<>();
        refresh();
        elasticsearch
                .client()
                .search(
                        search -> search.index(names.wordings())
                                .ignoreUnavailable(true)
                                .size(PAGE)
                                .query(query -> query.ids(any -> any.values(List.copyOf(ids)))),
                        WordingDocument.class)
                .hits()
                .hits()
                .forEach(hit -> {
                    WordingDocument document = hit.source();
                    if (document != null) {
                        found.put(String.valueOf(hit.id()), document.toWording());
                    }
                });
        return found;
    }

    private void refresh() throws IOException {
        elasticsearch.client().indices().refresh(refresh -> refresh.index(names.wordings())
                .ignoreUnavailable(true));
    }

    private BulkResponse bulk(List<BulkOperation> operations) throws IOException {
        return elasticsearch.client().bulk(bulk -> bulk.operations(operations));
    }

    /** The server may quote the whole wording. */
    private static String cut(@Nullable String reason) {
        String words = String.valueOf(reason);
        return words.length() <= LONGEST_REASON ? words : words.substring(0, LONGEST_REASON) + "…";
    }

    private static Query anyOf(String field, Collection<String> values) {
        List<FieldValue> any = values.stream().map(FieldValue::of).toList();
        return Query.of(query -> query.terms(terms -> terms.field(field).terms(list -> list.value(any))));
    }
}
