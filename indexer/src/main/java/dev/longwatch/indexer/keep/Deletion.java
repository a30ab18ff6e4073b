// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.keep;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.indexer.client.Scan;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.indexer.schema.IndexNames;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Deletes what a person wants gone: footage, thumbnails, events, alerts, what people did about them, messages that were not
 * delivered, and the ledger, which then says that something was deleted. Every deletion leaves a receipt, which stands from
 * its beginning on: an interrupted one is finished by {@link #repeat}.
 */
public final class Deletion {

    private final Elasticsearch elasticsearch;
    private final IndexNames names;
    private final Pictures pictures;
    private final Pins pins;
    private final Receipts receipts;

    /** The indices are laid out already. */
    public Deletion(Elasticsearch elasticsearch, IndexNames names, Pictures pictures) {
        this.elasticsearch = elasticsearch;
        this.names = names;
        this.pictures = pictures;
        pins = new Pins(elasticsearch, names);
        receipts = new Receipts(elasticsearch, names);
    }

    /** What {@link #run} would delete now; nothing is kept of it. */
    public Receipt plan(DeletionRequest request, long nowMillis) {
        return asked(() -> carryOut(request, begun(request, nowMillis), Receipt.DONE, true));
    }

    /**
     * Deletes. It is gone for every search when this returns.
     *
     * @param nowMillis when it is asked for, milliseconds since 1970 UTC
     * @throws IndexException when Elasticsearch cannot do it; what went until then has gone
     */
    public Receipt run(DeletionRequest request, long nowMillis) {
        Receipt begun = begun(request, nowMillis);
        receipts.store(begun);
        return asked(() -> carryOut(request, begun, Receipt.DONE, false));
    }

    /**
     * Carries out again what was asked for since then: a job that goes on from a checkpoint from before a deletion writes
     * again what it had seen. What happened later, and what later runs over the same videos found, stays.
     *
     * @return how many documents went
     */
    public long repeat(Instant since) {
        long deleted = 0;
        for (Receipt receipt : receipts.since(since)) {
            Instant asked = Instant.parse(receipt.at());
            DeletionRequest request = new DeletionRequest(
                    receipt.streams(),
                    receipt.from() == null ? null : Instant.parse(receipt.from()),
                    receipt.to() == null ? asked : Instant.parse(receipt.to()),
                    receipt.ids(),
                    receipt.reason(),
                    false,
                    receipt.evenPinned());
            if (request.from() == null || request.from().isBefore(asked)) {
                deleted += asked(() -> again(request, receipt)).documents();
            }
        }
        return deleted;
    }

    private Receipt begun(DeletionRequest request, long nowMillis) {
        return new Tally()
                .receipt(
                        new Receipt(
                                UUID.randomUUID().toString().substring(0, 13),
                                Receipt.BEGUN,
                                Instant.ofEpochMilli(nowMillis).toString(),
                                request.streams(),
                                iso(request.from()),
                                iso(request.to()),
                                request.ids(),
                                request.reason(),
                                request.evenPinned(),
                                Map.of(),
                                0,
                                0,
                                0,
                                null,
                                null,
                                0,
                                0,
                                ""),
                        Receipt.BEGUN);
    }

    private Receipt carryOut(DeletionRequest request, Receipt begun, String state, boolean dryRun) throws IOException {
        List<Pin> sparing = request.evenPinned() ? List.of() : pins.all();
        Erasure erasure = new Erasure(elasticsearch, names, pictures, sparing, dryRun, false);
        Query which = Erasure.both(filters(request));
        Map<String, List<Stretch>> stretches = stretches(request, begun, which);
        stretches.forEach(
                (stream, its) -> erasure.tally().footage(pictures.forget(stream, its, of(stream, sparing), dryRun)));
        forgetOwnFiles(request, which, sparing, dryRun, erasure.tally());
        DeletedCoverage notes = new DeletedCoverage(elasticsearch, names);
        Map<String, List<Stretch>> known = notes.known(stretches, sparing);
        erasure.roots(which);
        if (request.ids().isEmpty()) {
            Query its = Erasure.anyOf("stream", request.streams());
            if (request.from() == null) {
                long until = Math.min(
                        request.stretch().toMillis(), Instant.parse(begun.at()).toEpochMilli());
                erasure.leftovers(before(its, "created_at", until), before(its, "changed_at", until));
            }
            erasure.refused(its, request.stretch());
            erasure.coverage(its, request.stretch());
        }
        Receipt receipt = erasure.tally().receipt(begun, state);
        if (!dryRun) {
            notes.write(known, begun);
            refresh();
            receipts.store(receipt);
        }
        return receipt;
    }

    /** Whole, when it was interrupted; else only what a job may have written again. */
    private Receipt again(DeletionRequest request, Receipt receipt) throws IOException {
        if (receipt.state().equals(Receipt.BEGUN)) {
            return carryOut(request, receipt, Receipt.RESUMED, false);
        }
        List<Pin> sparing = request.evenPinned() ? List.of() : pins.all();
        Erasure erasure = new Erasure(elasticsearch, names, pictures, sparing, false, true);
        long version = VideoEvent.firstVersion(Instant.parse(receipt.at()).getEpochSecond());
        List<Query> filters = filters(request);
        filters.add(Query.of(query ->
                query.range(range -> range.term(older -> older.field("version").lt(Long.toString(version))))));
        erasure.roots(Erasure.both(filters));
        refresh();
        return erasure.tally().receipt(receipt, receipt.state());
    }

    private static List<Query> filters(DeletionRequest request) {
        List<Query> filters = new ArrayList<>();
        if (!request.streams().isEmpty()) {
            filters.add(Erasure.anyOf("stream", request.streams()));
        }
        if (!request.ids().isEmpty()) {
            filters.add(Erasure.byId(request.ids()));
        }
        Instant from = request.from();
        if (from != null) {
            filters.add(Query.of(query -> query.range(
                    range -> range.date(date -> date.field("ended_at").gte(from.toString())))));
        }
        Instant to = request.to();
        if (to != null) {
            filters.add(Erasure.before("started_at", to.toEpochMilli()));
        }
        return filters;
    }

    /** Of streams the time that is meant, up to now; of single events the time they took. */
    private Map<String, List<Stretch>> stretches(DeletionRequest request, Receipt begun, Query which)
            throws IOException {
        Map<String, List<Stretch>> stretches = new TreeMap<>();
        if (!request.ids().isEmpty()) {
            each(which, root -> stretches
                    .computeIfAbsent(root.stream(), unused -> new ArrayList<>())
                    .add(new Stretch(root.startMillis(), Math.max(root.startMillis() + 1, root.endMillis()))));
            return stretches;
        }
        long from = request.stretch().fromMillis();
        long to =
                Math.min(request.stretch().toMillis(), Instant.parse(begun.at()).toEpochMilli());
        if (from < to) {
            request.streams().forEach(stream -> stretches.put(stream, List.of(new Stretch(from, to))));
        }
        return stretches;
    }

    private void forgetOwnFiles(DeletionRequest request, Query which, List<Pin> sparing, boolean dryRun, Tally tally)
            throws IOException {
        if (!request.ownFiles()
                || sparing.stream().anyMatch(pin -> request.streams().contains(pin.stream()))) {
            return;
        }
        TreeSet<String> files = new TreeSet<>();
        each(which, root -> {
            if (root.uri() != null) {
                files.add(root.uri());
            }
        });
        files.forEach(file -> tally.ownFile(pictures.forgetFile(file, dryRun)));
    }

    private void each(Query which, Consumer<Erasure.Root> taker) throws IOException {
        new Scan(elasticsearch, List.of(names.everyEvent(), names.everyAlert()), which)
                .each(
                        Erasure.Root.class,
                        page -> page.forEach(hit -> taker.accept(Objects.requireNonNull(hit.source()))));
    }

    private static Query before(Query its, String field, long millis) {
        return Erasure.both(List.of(its, Erasure.before(field, millis)));
    }

    static List<Stretch> of(String stream, List<Pin> pins) {
        return pins.stream()
                .filter(pin -> pin.stream().equals(stream))
                .map(Pin::stretch)
                .toList();
    }

    private void refresh() throws IOException {
        elasticsearch.client().indices().refresh(refresh -> refresh.index(
                        names.everyEvent(),
                        names.everyAlert(),
                        names.everyDelivery(),
                        names.everyCoverage(),
                        names.handling(),
                        names.refused())
                .ignoreUnavailable(true));
    }

    private static @Nullable String iso(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private interface Work {
        Receipt run() throws IOException;
    }

    private Receipt asked(Work work) {
        try {
            return work.run();
        } catch (IOException | ElasticsearchException e) {
            throw elasticsearch.explain(e);
        }
    }
}
