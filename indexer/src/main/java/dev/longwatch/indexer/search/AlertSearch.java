// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOptions;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.mapping.FieldType;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.elasticsearch.core.search.Hit;
import co.elastic.clients.elasticsearch.core.search.TotalHits;
import dev.longwatch.indexer.alert.Alert;
import dev.longwatch.indexer.alert.Evidence;
import dev.longwatch.indexer.alert.Handling;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.indexer.client.IndexException.Reason;
import dev.longwatch.indexer.schema.AlertDocument;
import dev.longwatch.indexer.schema.EvidenceDocument;
import dev.longwatch.indexer.schema.HandlingDocument;
import dev.longwatch.indexer.schema.IndexNames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lists alerts, newest first, each with what people did and what there is to see. Sees what was refreshed, that is, alerts
 * older than half a second. Thread-safe; every failure is an {@link IndexException}.
 */
public final class AlertSearch {

    public static final int HIGHEST_LIMIT = 1_000;

    /** When the last alert of a page began, milliseconds since 1970 UTC, and its id. */
    private static final Pattern CURSOR = Pattern.compile("(-?[0-9]{1,18})_(.{1,200})");

    /** By id among those that began at the same time: a page never shows again what the one before has shown. */
    private static final List<SortOptions> NEWEST_FIRST = List.of(
            SortOptions.of(sort -> sort.field(field -> field.field("started_at").order(SortOrder.Desc))),
            SortOptions.of(sort ->
                    sort.field(field -> field.field("id").order(SortOrder.Asc).unmappedType(FieldType.Keyword))));

    private final Elasticsearch elasticsearch;
    private final IndexNames names;

    public AlertSearch(Elasticsearch elasticsearch, IndexNames names) {
        this.elasticsearch = elasticsearch;
        this.names = names;
    }

    /**
     * A page. What is raised meanwhile is newer and moves nothing to another page.
     *
     * @param limit how many at most, from 1 to {@value #HIGHEST_LIMIT}
     * @param cursor empty for the first page, else {@link AlertPage#next} of the one before
     */
    public AlertPage list(AlertFilter filter, int limit, String cursor) {
        if (limit < 1 || limit > HIGHEST_LIMIT) {
            throw new IndexException(
                    Reason.BAD_REQUEST, "expected a limit from 1 to " + HIGHEST_LIMIT + ", found " + limit);
        }
        List<FieldValue> after = after(cursor);
        try {
            List<Query> queries = queries(filter);
            SearchResponse<AlertDocument> response = elasticsearch
                    .client()
                    .search(
                            search -> {
                                search.index(names.everyAlert())
                                        .ignoreUnavailable(true)
                                        // one more tells whether there is a next page
                                        .size(limit + 1)
                                        .trackTotalHits(total -> total.enabled(true))
                                        .query(query -> query.bool(all -> all.filter(queries)))
                                        .sort(NEWEST_FIRST);
                                return after.isEmpty() ? search : search.searchAfter(after);
                            },
                            AlertDocument.class);
            List<Alert> found = alerts(response);
            List<Alert> shown = found.subList(0, Math.min(limit, found.size()));
            TotalHits total = response.hits().total();
            String next = found.size() <= limit ? "" : cursor(shown.get(limit - 1));
            return new AlertPage(handled(shown), total == null ? shown.size() : total.value(), next);
        } catch (IOException | ElasticsearchException e) {
            throw elasticsearch.explain(e);
        }
    }

    /**
     * The alerts whose id begins so, newest first; the one with that very id alone if there is one.
     *
     * @param limit how many at most
     */
    public List<HandledAlert> withId(String beginning, int limit) {
        try {
            List<Alert> exact = alerts(named(Query.of(query -> query.ids(ids -> ids.values(beginning))), 1));
            return handled(
                    exact.isEmpty()
                            ? alerts(named(
                                    Query.of(query -> query.prefix(
                                            prefix -> prefix.field("id").value(beginning))),
                                    limit))
                            : exact);
        } catch (IOException | ElasticsearchException e) {
            throw elasticsearch.explain(e);
        }
    }

    private SearchResponse<AlertDocument> named(Query query, int limit) throws IOException {
        return elasticsearch
                .client()
                .search(
                        search -> search.index(names.everyAlert())
                                .ignoreUnavailable(true)
                                .size(limit)
                                .query(query)
                                .sort(NEWEST_FIRST),
                        AlertDocument.class);
    }

    private List<Query> queries(AlertFilter filter) throws IOException {
        List<Query> queries = new ArrayList<>(Filters.of(EventFilter.ALL
                .inStreams(filter.streams().toArray(String[]::new))
                .ofRules(filter.rules().toArray(String[]::new))
                .between(filter.from(), filter.to())
                .labelled(filter.labels().toArray(String[]::new))));
        anyOf("severity", filter.severities(), queries);
        anyOf("state", filter.states(), queries);
        anyOf("hold", filter.holds(), queries);
        if (!filter.text().isBlank()) {
            queries.add(WordQuery.of(WordQuery.words(filter.text()), true));
        }
        queries.addAll(new HandlingFilter(elasticsearch, names).queries(filter));
        return queries;
    }

    private static void anyOf(String field, List<? extends Enum<?>> values, List<Query> queries) {
        if (!values.isEmpty()) {
            queries.add(Filters.anyOf(
                    field,
                    values.stream()
                            .map(value -> value.name().toLowerCase(Locale.ROOT))
                            .toList()));
        }
    }

    private List<HandledAlert> handled(List<Alert> alerts) throws IOException {
        if (alerts.isEmpty()) {
            return List.of();
        }
        List<String> ids = alerts.stream().map(Alert::id).toList();
        Map<String, HandlingDocument> handlings = byId(names.handling(), ids, HandlingDocument.class);
        Map<String, EvidenceDocument> evidences = byId(names.everyEvidence(), ids, EvidenceDocument.class);
        return alerts.stream()
                .map(alert -> {
                    HandlingDocument handling = handlings.get(alert.id());
                    EvidenceDocument evidence = evidences.get(alert.id());
                    return new HandledAlert(
                            alert,
                            handling == null ? Handling.none(alert) : handling.toHandling(alert.id()),
                            evidence == null ? Evidence.none(alert) : evidence.toEvidence(alert.id()));
                })
                .toList();
    }

    private <T> Map<String, T> byId(String index, List<String> ids, Class<T> type) throws IOException {
        Map<String, T> found = new HashMap<>();
        elasticsearch
                .client()
                .search(
                        search -> search.index(index)
                                .ignoreUnavailable(true)
                                .size(ids.size())
                                .query(query -> query.ids(any -> any.values(ids))),
                        type)
                .hits()
                .hits()
                .forEach(hit -> found.put(Objects.requireNonNull(hit.id()), Objects.requireNonNull(hit.source())));
        return found;
    }

    private static List<Alert> alerts(SearchResponse<AlertDocument> response) {
        List<Alert> alerts = new ArrayList<>();
        for (Hit<AlertDocument> hit : response.hits().hits()) {
            alerts.add(Objects.requireNonNull(hit.source()).toAlert(Objects.requireNonNull(hit.id())));
        }
        return alerts;
    }

    private static String cursor(Alert last) {
        return last.startedAtMillis() + "_" + last.id();
    }

    private static List<FieldValue> after(String cursor) {
        if (cursor.isEmpty()) {
            return List.of();
        }
        Matcher last = CURSOR.matcher(cursor);
        if (!last.matches()) {
            throw new IndexException(
                    Reason.BAD_REQUEST, "expected the cursor of a page before, found '" + cursor + "'");
        }
        return List.of(FieldValue.of(Long.parseLong(last.group(1))), FieldValue.of(last.group(2)));
    }
}
