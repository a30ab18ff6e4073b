// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.keep;

import co.elastic.clients.elasticsearch._types.Refresh;
import co.elastic.clients.elasticsearch.core.bulk.BulkOperation;
import dev.longwatch.indexer.alert.Alert;
import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.alert.Delivery;
import dev.longwatch.indexer.alert.Handling;
import dev.longwatch.indexer.client.Bulk;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.coverage.CoverageSpan;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.indexer.schema.AlertDocument;
import dev.longwatch.indexer.schema.CoverageDocument;
import dev.longwatch.indexer.schema.DeliveryDocument;
import dev.longwatch.indexer.schema.EventDocument;
import dev.longwatch.indexer.schema.HandlingDocument;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.schema.Schema;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An installation with something in it, and pictures that only remember what was asked of them. */
final class Kept implements Pictures {

    /** 2026-11-26T00:00:00Z; an event of second 10 begins ten seconds later. */
    static final long DAY = 1_795_651_200_000L;

    final Map<String, List<Stretch>> pinned = new TreeMap<>();
    final List<String> asked = new ArrayList<>();

    private final Elasticsearch elasticsearch;
    private final IndexNames names;

    Kept(Elasticsearch elasticsearch, IndexNames names) {
        this.elasticsearch = elasticsearch;
        this.names = names;
        new Schema(elasticsearch, names, 0).install();
    }

    static Instant second(long second) {
        return Instant.ofEpochMilli(DAY + second * 1_000);
    }

    static Stretch seconds(long from, long to) {
        return new Stretch(DAY + from * 1_000, DAY + to * 1_000);
    }

    static VideoEvent event(String id, String stream, long second, long version) {
        return new VideoEvent(
                id,
                version,
                stream,
                "file:/" + stream,
                "a car",
                "a red car",
                new TimeSpan(second * 1_000, second * 1_000 + 2_000),
                DAY,
                0.5,
                VideoEvent.State.CLOSED,
                "nano-1",
                2,
                "2 a second");
    }

    /** An event of two seconds. */
    void event(String id, String stream, long second) throws IOException {
        write(event(id, stream, second, 1));
    }

    void write(VideoEvent event) throws IOException {
        store(names.ofEvent(event), event.id(), EventDocument.of(event));
    }

    void write(List<VideoEvent> events) throws IOException {
        new Bulk(elasticsearch)
                .run(events.stream()
                        .map(event -> BulkOperation.of(operation -> operation.index(index ->
                                index.index(names.ofEvent(event)).id(event.id()).document(EventDocument.of(event)))))
                        .toList());
    }

    /** An event with an alert that somebody judged, a message that nobody got and a version that was refused. */
    void alert(String id, String stream, long second) throws IOException {
        VideoEvent event = event(id, stream, second, 1);
        write(event);
        Alert alert = Alert.of(event, AlertRule.Alerting.NONE, Alert.Hold.NOBODY, "", event.startedAtMillis() + 5_000);
        store(names.ofAlert(alert), id, AlertDocument.of(alert));
        Delivery dead = Delivery.pending(id + "-ops", alert, "ops", "a car", "{}", alert.raisedAtMillis())
                .dead(4, "HTTP 410", alert.raisedAtMillis());
        store(names.ofDelivery(dead), dead.key(), DeliveryDocument.of(dead));
        Handling handling = Handling.none(alert).acknowledged("ada", alert.raisedAtMillis());
        store(names.handling(), id, HandlingDocument.of(handling));
        refused(
                id,
                stream,
                second,
                "{\"started_at\":\"" + second(second) + "\",\"ended_at\":\"" + second(second + 2) + "\"}");
    }

    void refused(String id, String stream, long second, String document) throws IOException {
        store(
                names.refused(),
                "refused-" + id,
                Map.of(
                        "refused_at",
                        second(second).toString(),
                        "stream",
                        stream,
                        "id",
                        id,
                        "cause",
                        "of the test",
                        "document",
                        document));
    }

    void coverage(String stream, long from, long to, CoverageSpan.State state) throws IOException {
        CoverageSpan span = new CoverageSpan(stream, DAY + from * 1_000, DAY + to * 1_000, state, "", 2);
        store(names.ofCoverage(span), span.id(), CoverageDocument.of(span));
    }

    private void store(String index, String id, Object document) throws IOException {
        elasticsearch
                .client()
                .index(request -> request.index(index).id(id).document(document).refresh(Refresh.True));
    }

    /** How many documents there are in all, but for pins and receipts. */
    Map<String, Long> counts() throws IOException {
        Map<String, Long> counts = new TreeMap<>();
        count(counts, Erasure.EVENTS, names.everyEvent());
        count(counts, Erasure.ALERTS, names.everyAlert());
        count(counts, Erasure.DELIVERIES, names.everyDelivery());
        count(counts, Erasure.HANDLING, names.handling());
        count(counts, Erasure.REFUSED, names.refused());
        count(counts, Erasure.COVERAGE, names.everyCoverage());
        return counts;
    }

    private void count(Map<String, Long> counts, String kind, String index) throws IOException {
        elasticsearch.client().indices().refresh(request -> request.index(index).ignoreUnavailable(true));
        long count = elasticsearch
                .client()
                .count(request -> request.index(index).ignoreUnavailable(true))
                .count();
        if (count > 0) {
            counts.put(kind, count);
        }
    }

    @Override
    public void keep(String stream, List<Stretch> stays) {
        pinned.put(stream, stays);
    }

    @Override
    public Freed forget(String stream, List<Stretch> stretches, List<Stretch> sparing, boolean dryRun) {
        asked.add((dryRun ? "would " : "") + stream + " " + stretches + " but " + sparing);
        return new Freed(3, 3_000, sparing.size());
    }

    @Override
    public Freed forgetEvidence(List<String> alerts, boolean dryRun) {
        asked.add((dryRun ? "would " : "") + "evidence of " + alerts);
        return new Freed(alerts.size(), 10L * alerts.size(), 0);
    }

    @Override
    public Freed forgetFile(String uri, boolean dryRun) {
        asked.add((dryRun ? "would " : "") + uri);
        return new Freed(1, 1_000_000, 0);
    }
}
