// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.keep;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.search.Hit;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longwatch.indexer.client.Bulk;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.indexer.client.IndexException.Reason;
import dev.longwatch.indexer.client.Scan;
import dev.longwatch.indexer.embed.MiniLm;
import dev.longwatch.indexer.schema.CoverageDocument;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.wording.Wordings;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes documents away, with all that hangs on them, and spares what is pinned. What hangs on an event goes before the event:
 * whatever interrupts it, the same again finds the rest.
 */
final class Erasure {

    static final String EVENTS = "events";
    static final String ALERTS = "alerts";
    static final String EVIDENCE = "evidence";
    static final String DELIVERIES = "deliveries";
    static final String HANDLING = "handling";
    static final String REFUSED = "refused";
    static final String COVERAGE = "coverage";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long LONGEST_REST_MILLIS = 5_000;

    private final Elasticsearch elasticsearch;
    private final IndexNames names;
    private final Pictures pictures;
    private final List<Pin> pins;
    private final boolean dryRun;
    private final boolean gentle;
    private final Bulk bulk;
    private final Tally tally = new Tally();
    private final Set<String> keptAlerts = new HashSet<>();
    /** What the events that went have said: it goes too where no other event says it. */
    private final Set<String> said = new HashSet<>();

    /** What an event or alert says of itself. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Root(
            @JsonProperty("stream") String stream,
            @JsonProperty("uri") @Nullable String uri,
            @JsonProperty("started_at") String startedAt,
            @JsonProperty("ended_at") String endedAt,
            @JsonProperty("wording") @Nullable String wording) {

        long startMillis() {
            return Instant.parse(startedAt).toEpochMilli();
        }

        long endMillis() {
            return Instant.parse(endedAt).toEpochMilli();
        }
    }

    /** What hangs on an alert. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Hanging(
            @JsonProperty("stream") String stream,
            @JsonProperty("alert") @Nullable String alert,
            @JsonProperty("document") @Nullable String document) {}

    /**
     * @param pins spare what they keep
     * @param dryRun whether only to count
     * @param gentle whether to rest after each page for as long as it took
     */
    Erasure(
            Elasticsearch elasticsearch,
            IndexNames names,
            Pictures pictures,
            List<Pin> pins,
            boolean dryRun,
            boolean gentle) {
        this.elasticsearch = elasticsearch;
        this.names = names;
        this.pictures = pictures;
        this.pins = pins;
        this.dryRun = dryRun;
        this.gentle = gentle;
        bulk = new Bulk(elasticsearch);
    }

    Tally tally() {
        return tally;
    }

    /** Events and alerts, with everything that hangs on them. */
    void roots(Query which) throws IOException {
        roots(EVENTS, names.everyEvent(), which);
        if (!dryRun) {
            new Wordings(elasticsearch, names, MiniLm.shared()).prune(said);
            said.clear();
        }
        roots(ALERTS, names.everyAlert(), which);
    }

    private void roots(String kind, String indices, Query which) throws IOException {
        new Scan(elasticsearch, List.of(indices), which).each(Root.class, page -> {
            long began = System.nanoTime();
            List<Hit<Root>> going = going(kind, page);
            List<String> ids =
                    going.stream().map(hit -> Objects.requireNonNull(hit.id())).toList();
            if (!ids.isEmpty()) {
                if (kind.equals(ALERTS)) {
                    tally.footage(pictures.forgetEvidence(ids, dryRun));
                    all(EVIDENCE, names.everyEvidence(), either(byId(ids), anyOf("alert", ids)));
                    all(DELIVERIES, names.everyDelivery(), anyOf("alert", ids));
                    all(HANDLING, names.handling(), byId(ids));
                } else {
                    all(REFUSED, names.refused(), anyOf("id", ids));
                }
            }
            delete(kind, going);
            rest(began);
        });
    }

    private List<Hit<Root>> going(String kind, List<Hit<Root>> page) {
        List<Hit<Root>> going = new ArrayList<>();
        for (Hit<Root> hit : page) {
            Root root = Objects.requireNonNull(hit.source());
            if (isPinned(root.stream(), root.startMillis(), root.endMillis())) {
                tally.kept(kind, Objects.requireNonNull(hit.id()));
                keptAlerts.add(hit.id());
            } else {
                tally.happened(root.startMillis(), root.endMillis());
                if (root.wording() != null) {
                    said.add(root.wording());
                }
                going.add(hit);
            }
        }
        return going;
    }

    /** What is left of a stream when its events and alerts have gone: of alerts that went before, or were refused. */
    void leftovers(Query deliveries, Query handling) throws IOException {
        unkept(DELIVERIES, names.everyDelivery(), deliveries);
        unkept(HANDLING, names.handling(), handling);
    }

    /** Refused documents that speak of a time, or do not say of which. */
    void refused(Query which, Stretch stretch) throws IOException {
        new Scan(elasticsearch, List.of(names.refused()), which)
                .each(
                        Hanging.class,
                        page -> delete(
                                REFUSED,
                                page.stream()
                                        .filter(hit -> isMeant(Objects.requireNonNull(hit.source()), stretch))
                                        .toList()));
    }

    /** Entries of the ledger that lie in a stretch. */
    void coverage(Query which, Stretch stretch) throws IOException {
        new Scan(elasticsearch, List.of(names.everyCoverage()), which)
                .each(
                        CoverageDocument.class,
                        page -> delete(
                                COVERAGE,
                                page.stream()
                                        .filter(hit -> lies(Objects.requireNonNull(hit.source()), stretch))
                                        .toList()));
    }

    private boolean lies(CoverageDocument entry, Stretch stretch) {
        long from = Instant.parse(entry.from()).toEpochMilli();
        long to = Instant.parse(entry.to()).toEpochMilli();
        return from >= stretch.fromMillis() && to <= stretch.toMillis() && !isPinned(entry.stream(), from, to);
    }

    private void unkept(String kind, String indices, Query which) throws IOException {
        new Scan(elasticsearch, List.of(indices), which)
                .each(
                        Hanging.class,
                        page -> delete(
                                kind,
                                page.stream()
                                        .filter(hit -> !keptAlerts.contains(Objects.requireNonNullElse(
                                                Objects.requireNonNull(hit.source())
                                                        .alert(),
                                                String.valueOf(hit.id()))))
                                        .toList()));
    }

    private void all(String kind, String indices, Query which) throws IOException {
        new Scan(elasticsearch, List.of(indices), which).each(Void.class, page -> delete(kind, page));
    }

    private void delete(String kind, List<? extends Hit<?>> hits) throws IOException {
        if (!dryRun) {
            bulk.delete(hits);
        }
        tally.deleted(kind, hits);
    }

    private boolean isPinned(String stream, long startMillis, long endMillis) {
        return pins.stream().anyMatch(pin -> pin.keeps(stream, startMillis, endMillis));
    }

    private boolean isMeant(Hanging refused, Stretch stretch) {
        try {
            JsonNode node = JSON.readTree(Objects.requireNonNullElse(refused.document(), ""));
            String start = node.path("started_at").asText(node.path("from").asText());
            String end = node.path("ended_at").asText(node.path("to").asText());
            if (start.isEmpty() || end.isEmpty()) {
                return true;
            }
            long from = Instant.parse(start).toEpochMilli();
            long to = Instant.parse(end).toEpochMilli();
            return stretch.touches(from, to) && !isPinned(refused.stream(), from, to);
        } catch (JsonProcessingException e) {
            // it was too long to be kept whole
            return true;
        }
    }

    private void rest(long beganNanos) {
        if (!gentle) {
            return;
        }
        try {
            Thread.sleep(Math.min(LONGEST_REST_MILLIS, (System.nanoTime() - beganNanos) / 1_000_000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IndexException(Reason.FAILED, "interrupted while old documents were deleted", e);
        }
    }

    static Query anyOf(String field, List<String> values) {
        List<FieldValue> any = values.stream().map(FieldValue::of).toList();
        return Query.of(query -> query.terms(terms -> terms.field(field).terms(list -> list.value(any))));
    }

    static Query byId(List<String> ids) {
        return Query.of(query -> query.ids(any -> any.values(ids)));
    }

    static Query before(String field, long millis) {
        return Query.of(query -> query.range(range -> range.date(
                date -> date.field(field).lt(Instant.ofEpochMilli(millis).toString()))));
    }

    static Query both(List<Query> filters) {
        return Query.of(query -> query.bool(all -> all.filter(filters)));
    }

    private static Query either(Query one, Query other) {
        return Query.of(query -> query.bool(any -> any.should(one, other)));
    }
}
