// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.longwatch.indexer.schema.EventDocument;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** An {@link EventFilter} in the server's words, but for the verdicts, see {@link HandlingFilter}. */
final class Filters {

    private Filters() {}

    static List<Query> of(EventFilter filter) {
        List<Query> filters = new ArrayList<>();
        if (!filter.streams().isEmpty()) {
            filters.add(anyOf("stream", filter.streams()));
        }
        if (!filter.rules().isEmpty()) {
            filters.add(anyOf("rule", filter.rules()));
        }
        if (!filter.labels().isEmpty()) {
            filters.add(anyOf("labels", filter.labels()));
        }
        Instant from = filter.from();
        if (from != null) {
            filters.add(Query.of(query -> query.range(
                    range -> range.date(date -> date.field("ended_at").gte(from.toString())))));
        }
        Instant to = filter.to();
        if (to != null) {
            filters.add(Query.of(query -> query.range(
                    range -> range.date(date -> date.field("started_at").lte(to.toString())))));
        }
        if (filter.daily() != null) {
            filters.add(daily(filter.daily()));
        }
        if (filter.within() != null) {
            double start = filter.within().startMillis();
            double end = filter.within().endMillis();
            filters.add(atLeast("end_ms", start));
            filters.add(Query.of(query -> query.range(
                    range -> range.number(number -> number.field("start_ms").lte(end)))));
        }
        if (filter.minimumConfidence() > 0) {
            filters.add(atLeast("confidence", filter.minimumConfidence()));
        }
        return filters;
    }

    static Query anyOf(String field, Collection<String> values) {
        List<FieldValue> any = values.stream().map(FieldValue::of).toList();
        return Query.of(query -> query.terms(terms -> terms.field(field).terms(list -> list.value(any))));
    }

    private static Query daily(DailySpan span) {
        if (!span.overMidnight()) {
            return minutes(span.fromMinute(), span.toMinute());
        }
        return Query.of(query -> query.bool(
                either -> either.should(minutes(span.fromMinute(), EventDocument.MINUTES), minutes(0, span.toMinute()))
                        .minimumShouldMatch("1")));
    }

    private static Query minutes(double from, double to) {
        return Query.of(query -> query.range(range ->
                range.number(number -> number.field("minute_of_day").gte(from).lt(to))));
    }

    private static Query atLeast(String field, double least) {
        return Query.of(query ->
                query.range(range -> range.number(number -> number.field(field).gte(least))));
    }
}
