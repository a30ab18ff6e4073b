// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.mapping.FieldType;
import co.elastic.clients.elasticsearch.core.search.Hit;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.longwatch.indexer.alert.Handling.Verdict;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.indexer.schema.HandlingDocument;
import dev.longwatch.indexer.schema.IndexNames;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What people said the alerts of each rule turned out to be, as far as it was refreshed. Every failure is an
 * {@link IndexException}.
 */
public final class Verdicts {

    /** The most that one search answers; the newest count. */
    private static final int MOST = 10_000;

    private static final String TRUE = Verdict.TRUE_ALARM.name().toLowerCase(Locale.ROOT);
    private static final String FALSE = Verdict.FALSE_ALARM.name().toLowerCase(Locale.ROOT);

    private final Elasticsearch elasticsearch;
    private final IndexNames names;

    public Verdicts(Elasticsearch elasticsearch, IndexNames names) {
        this.elasticsearch = elasticsearch;
        this.names = names;
    }

    /** How sure an alert was. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Sure(@JsonProperty("confidence") double confidence) {}

    /** By the rule's name; rules of which nobody has judged an alert have no entry. */
    public Map<String, Judged> byRule() {
        try {
            List<Hit<HandlingDocument>> said = elasticsearch
                    .client()
                    .search(
                            search -> search.index(names.handling())
                                    .ignoreUnavailable(true)
                                    .size(MOST)
                                    .query(query -> query.terms(terms -> terms.field("verdict")
                                            .terms(any -> any.value(Stream.of(TRUE, FALSE)
                                                    .map(FieldValue::of)
                                                    .toList()))))
                                    .sort(sort -> sort.field(newest -> newest.field("changed_at")
                                            .order(SortOrder.Desc)
                                            .unmappedType(FieldType.Date))),
                            HandlingDocument.class)
                    .hits()
                    .hits();
            if (said.isEmpty()) {
                return Map.of();
            }
            Map<String, Double> sure = sure(
                    said.stream().map(hit -> Objects.requireNonNull(hit.id())).toList());
            Map<String, Judged> byRule = new HashMap<>();
            for (Hit<HandlingDocument> hit : said) {
                HandlingDocument handling = Objects.requireNonNull(hit.source());
                Double confidence = sure.get(hit.id());
                if (confidence != null) {
                    byRule.merge(handling.rule(), Judged.of(handling.verdict().equals(TRUE), confidence), Judged::and);
                }
            }
            return byRule;
        } catch (IOException | ElasticsearchException e) {
            throw elasticsearch.explain(e);
        }
    }

    private Map<String, Double> sure(List<String> alerts) throws IOException {
        Map<String, Double> sure = new HashMap<>();
        elasticsearch
                .client()
                .search(
                        search -> search.index(names.everyAlert())
                                .ignoreUnavailable(true)
                                .size(alerts.size())
                                .source(source -> source.filter(include -> include.includes("confidence")))
                                .query(query -> query.ids(any -> any.values(alerts))),
                        Sure.class)
                .hits()
                .hits()
                .forEach(hit -> sure.put(
                        Objects.requireNonNull(hit.id()),
                        Objects.requireNonNull(hit.source()).confidence()));
        return sure;
    }
}
