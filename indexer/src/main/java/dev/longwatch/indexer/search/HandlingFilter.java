// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.Time;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.search.Hit;
import dev.longwatch.indexer.alert.Handling.Verdict;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.indexer.client.IndexException.Reason;
import dev.longwatch.indexer.schema.IndexNames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a filter says about people, as a filter of alerts by their ids: what people did is a document of its own, and
 * Elasticsearch joins nothing. People handle alerts one by one, so these are few.
 *
 * <p>A verdict is not written onto the event or the alert as well: the job owns those and writes them whole under versions
 * of its own, so that an event that still grows, or a replay after a failure, would take the verdict back.
 */
final class HandlingFilter {

    /** More than this nobody has handled by hand in the time that alerts are kept. */
    private static final int MOST = 50_000;

    private static final int PAGE = 5_000;
    private static final Time KEEP = Time.of(time -> time.time("1m"));

    private final Elasticsearch elasticsearch;
    private final IndexNames names;

    HandlingFilter(Elasticsearch elasticsearch, IndexNames names) {
        this.elasticsearch = elasticsearch;
        this.names = names;
    }

    /** An event filter in the server's words, with what it says of verdicts: an event has its alert's id. */
    List<Query> events(EventFilter filter) throws IOException {
        List<Query> queries = new ArrayList<>(Filters.of(filter));
        queries.addAll(queries(AlertFilter.ALL
                .inStreams(filter.streams())
                .ofRules(filter.rules())
                .judged(filter.verdicts())));
        return queries;
    }

    /** @return nothing when the filter says nothing about people */
    List<Query> queries(AlertFilter filter) throws IOException {
        List<Query> only = new ArrayList<>();
        List<Query> never = new ArrayList<>();
        if (filter.acknowledged() != null) {
            (filter.acknowledged() ? only : never).add(isSaid("acknowledged_by"));
        }
        String assignedTo = filter.assignedTo();
        if (assignedTo != null) {
            (assignedTo.isEmpty() ? never : only)
                    .add(assignedTo.isEmpty() ? isSaid("assigned_to") : is("assigned_to", assignedTo));
        }
        if (!filter.verdicts().isEmpty()) {
            boolean unjudged = filter.verdicts().contains(Verdict.OPEN);
            (unjudged ? never : only).add(unjudged ? not(verdicts(filter)) : verdicts(filter));
        }
        List<Query> queries = new ArrayList<>();
        if (!only.isEmpty()) {
            queries.add(ids(scan(filter, Query.of(query -> query.bool(all -> all.filter(only))))));
        }
        if (!never.isEmpty()) {
            queries.add(not(ids(scan(
                    filter,
                    Query.of(query -> query.bool(any -> any.should(never).minimumShouldMatch("1")))))));
        }
        return queries;
    }

    private List<String> scan(AlertFilter filter, Query people) throws IOException {
        List<Query> queries = new ArrayList<>(Filters.of(EventFilter.ALL
                .inStreams(filter.streams().toArray(String[]::new))
                .ofRules(filter.rules().toArray(String[]::new))));
        queries.add(people);
        String scan = elasticsearch
                .client()
                .openPointInTime(open ->
                        open.index(names.handling()).ignoreUnavailable(true).keepAlive(KEEP))
                .id();
        try {
            List<String> ids = new ArrayList<>();
            List<FieldValue> after = List.of();
            while (true) {
                List<Hit<Void>> page = page(scan, queries, after);
                page.forEach(hit -> ids.add(hit.id()));
                if (page.size() < PAGE) {
                    return ids;
                }
                if (ids.size() >= MOST) {
                    throw new IndexException(
                            Reason.BAD_REQUEST,
                            "people handled more than " + MOST + " alerts in this way: narrow by stream or rule");
                }
                after = page.get(page.size() - 1).sort();
            }
        } finally {
            elasticsearch.client().closePointInTime(close -> close.id(scan));
        }
    }

    private List<Hit<Void>> page(String scan, List<Query> queries, List<FieldValue> after) throws IOException {
        return elasticsearch
                .client()
                .search(
                        search -> {
                            search.pit(pit -> pit.id(scan).keepAlive(KEEP))
                                    .size(PAGE)
                                    .source(source -> source.fetch(false))
                                    .query(query -> query.bool(all -> all.filter(queries)))
                                    .sort(sort -> sort.field(
                                            place -> place.field("_shard_doc").order(SortOrder.Asc)));
                            return after.isEmpty() ? search : search.searchAfter(after);
                        },
                        Void.class)
                .hits()
                .hits();
    }

    private static Query verdicts(AlertFilter filter) {
        List<FieldValue> any = filter.verdicts().stream()
                .map(verdict -> FieldValue.of(verdict.name().toLowerCase(Locale.ROOT)))
                .toList();
        return Query.of(query -> query.terms(terms -> terms.field("verdict").terms(list -> list.value(any))));
    }

    private static Query isSaid(String field) {
        return not(is(field, ""));
    }

    private static Query is(String field, String value) {
        return Query.of(query -> query.term(term -> term.field(field).value(value)));
    }

    private static Query not(Query query) {
        return Query.of(any -> any.bool(none -> none.mustNot(query)));
    }

    private static Query ids(List<String> ids) {
        return Query.of(query -> query.ids(any -> any.values(ids)));
    }
}
