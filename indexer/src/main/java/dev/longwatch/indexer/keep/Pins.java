// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.keep;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.Refresh;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.indexer.client.Scan;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.indexer.schema.EventDocument;
import dev.longwatch.indexer.schema.IndexNames;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where pins are set and taken away, and cases kept. Every failure is an {@link IndexException}. Thread-safe. */
public final class Pins {

    private static final Comparator<Pin> IN_TIME =
            Comparator.comparing(Pin::stream).thenComparing(pin -> pin.stretch().fromMillis());
    private static final int NOT_FOUND = 404;

    private final Elasticsearch elasticsearch;
    private final IndexNames names;

    /** The indices are laid out already. */
    public Pins(Elasticsearch elasticsearch, IndexNames names) {
        this.elasticsearch = elasticsearch;
        this.names = names;
    }

    /** Keeps it from now on. */
    public void pin(Pin pin) {
        store(pin.id(), PinDocument.of(pin));
    }

    /** The event of that id, which may be an alert's: to pin it. */
    public Optional<VideoEvent> event(String id) {
        try {
            return elasticsearch
                    .client()
                    .search(
                            search -> search.index(names.everyEvent())
                                    .ignoreUnavailable(true)
                                    .query(Erasure.byId(List.of(id))),
                            EventDocument.class)
                    .hits()
                    .hits()
                    .stream()
                    .map(hit -> Objects.requireNonNull(hit.source()).toEvent(id))
                    .findFirst();
        } catch (IOException | ElasticsearchException e) {
            throw elasticsearch.explain(e);
        }
    }

    /** Opens a case, or says anew what it is about. */
    public void open(String caseName, String note, String by, long nowMillis) {
        store(caseId(caseName), PinDocument.ofCase(caseName, note, by, nowMillis));
    }

    /** @return the pin that is no more; empty when there was none of that id */
    public Optional<Pin> unpin(String id) {
        Optional<Pin> pin = all().stream().filter(each -> each.id().equals(id)).findFirst();
        pin.ifPresent(found -> delete(found.id()));
        return pin;
    }

    /** Takes away a case with all its pins. */
    public Optional<Case> close(String caseName) {
        Optional<Case> found =
                cases().stream().filter(each -> each.name().equals(caseName)).findFirst();
        found.ifPresent(each -> {
            each.pins().forEach(pin -> delete(pin.id()));
            delete(caseId(caseName));
        });
        return found;
    }

    /** By stream and time. */
    public List<Pin> all() {
        return pins(read());
    }

    /** By name. */
    public List<Case> cases() {
        Map<String, PinDocument> documents = read();
        Map<String, List<Pin>> pins = new TreeMap<>(pins(documents).stream()
                .filter(pin -> !pin.caseName().isEmpty())
                .collect(Collectors.groupingBy(Pin::caseName)));
        Map<String, PinDocument> opened = documents.values().stream()
                .filter(each -> !each.isPin())
                .collect(Collectors.toMap(PinDocument::caseName, Function.identity()));
        opened.keySet().forEach(name -> pins.putIfAbsent(name, List.of()));
        return pins.entrySet().stream()
                .map(each -> of(each.getKey(), opened.get(each.getKey()), each.getValue()))
                .toList();
    }

    private static List<Pin> pins(Map<String, PinDocument> documents) {
        return documents.entrySet().stream()
                .filter(entry -> entry.getValue().isPin())
                .map(entry -> entry.getValue().toPin(entry.getKey()))
                .sorted(IN_TIME)
                .toList();
    }

    private static Case of(String name, @Nullable PinDocument opened, List<Pin> pins) {
        return opened == null
                ? new Case(name, "", 0, pins)
                : new Case(name, opened.note(), Instant.parse(opened.at()).toEpochMilli(), pins);
    }

    private static String caseId(String name) {
        return "case-" + Identity.of("case", name);
    }

    private Map<String, PinDocument> read() {
        Map<String, PinDocument> documents = new TreeMap<>();
        try {
            new Scan(elasticsearch, List.of(names.pins()), Query.of(query -> query.matchAll(all -> all)))
                    .each(
                            PinDocument.class,
                            page -> page.forEach(hit -> documents.put(
                                    Objects.requireNonNull(hit.id()), Objects.requireNonNull(hit.source()))));
            return documents;
        } catch (IOException | ElasticsearchException e) {
            throw elasticsearch.explain(e);
        }
    }

    private void store(String id, PinDocument document) {
        try {
            elasticsearch
                    .client()
                    .index(index ->
                            index.index(names.pins()).id(id).document(document).refresh(Refresh.True));
        } catch (IOException | ElasticsearchException e) {
            throw elasticsearch.explain(e);
        }
    }

    private void delete(String id) {
        try {
            elasticsearch
                    .client()
                    .delete(delete -> delete.index(names.pins()).id(id).refresh(Refresh.True));
        } catch (IOException | ElasticsearchException e) {
            if (Elasticsearch.status(e) != NOT_FOUND) {
                throw elasticsearch.explain(e);
            }
        }
    }
}
