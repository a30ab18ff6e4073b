// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregate;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregation;
import co.elastic.clients.elasticsearch._types.aggregations.CompositeAggregationSource;
import co.elastic.clients.elasticsearch._types.aggregations.CompositeBucket;
import co.elastic.clients.elasticsearch._types.mapping.FieldType;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.search.Hit;
import co.elastic.clients.json.JsonData;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.indexer.schema.IndexNames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything that was watched, by name: the streams and videos of which there are events or entries in the ledger. Safe for
 * use by several threads; every failure is an {@link IndexException}.
 */
public final class VideoCatalog {

    public static final int HIGHEST_LIMIT = 1_000;

    /**
     * A stream or video.
     *
     * @param name as events are filtered by
     * @param uri where it was when its newest event was seen, which may hold a password; null when nothing was seen
     * @param events how many there are
     * @param fromMillis wall clock of the first thing known of it, milliseconds since 1970 UTC
     * @param toMillis wall clock of the last
     */
    public record Video(String name, @Nullable String uri, long events, long fromMillis, long toMillis) {

        /** Without the address. */
        @Override
        public String toString() {
            return name + ", " + events + " events";
        }
    }

    /**
     * @param videos by name
     * @param next the cursor of what follows; null when that was all
     */
    public record Page(List<Video> videos, @Nullable String next) {

        public Page {
            videos = List.copyOf(videos);
        }
    }

    private static final String LIST = "videos";
    private static final String BY_NAME = "by_name";
    private static final String STREAM = "stream";

    private final Elasticsearch elasticsearch;
    private final IndexNames names;

    public VideoCatalog(Elasticsearch elasticsearch, IndexNames names) {
        this.elasticsearch = elasticsearch;
        this.names = names;
    }

    /**
     * @param cursor of the page before; null for the first
     * @param limit how many videos, from 1 to {@value #HIGHEST_LIMIT}
     */
    public Page page(@Nullable String cursor, int limit) {
        if (limit < 1 || limit > HIGHEST_LIMIT) {
            throw new IndexException(
                    IndexException.Reason.BAD_REQUEST,
                    "expected a limit from 1 to " + HIGHEST_LIMIT + ", found " + limit);
        }
        @Nullable
        FieldValue after =
                cursor == null ? null : PageCursor.read(LIST, "w", cursor).get(0);
        // one more tells whether anything follows
        List<Video> videos = buckets(Query.of(query -> query.matchAll(all -> all)), after, limit + 1);
        if (videos.size() <= limit) {
            return new Page(videos, null);
        }
        List<Video> shown = videos.subList(0, limit);
        return new Page(
                shown,
                PageCursor.of(LIST, List.of(FieldValue.of(shown.get(limit - 1).name()))));
    }

    /** The one of that name. */
    public Optional<Video> find(String name) {
        Query named = Query.of(query -> query.term(term -> term.field(STREAM).value(name)));
        return buckets(named, null, 1).stream().findFirst();
    }

    /** Those of the names of which nothing is known. */
    public List<String> unknown(List<String> asked) {
        if (asked.isEmpty()) {
            return List.of();
        }
        List<String> known = buckets(Filters.anyOf(STREAM, asked), null, asked.size()).stream()
                .map(Video::name)
                .toList();
        return asked.stream().filter(name -> !known.contains(name)).toList();
    }

    private List<Video> buckets(Query query, @Nullable FieldValue after, int size) {
        Map<String, Aggregation> parts = new LinkedHashMap<>();
        // events and entries of the ledger name their borders differently
        parts.put("events", Aggregation.of(a -> a.valueCount(count -> count.field("started_at"))));
        parts.put("started", Aggregation.of(a -> a.min(min -> min.field("started_at"))));
        parts.put("ended", Aggregation.of(a -> a.max(max -> max.field("ended_at"))));
        parts.put("entries", Aggregation.of(a -> a.valueCount(count -> count.field("from"))));
        parts.put("from", Aggregation.of(a -> a.min(min -> min.field("from"))));
        parts.put("to", Aggregation.of(a -> a.max(max -> max.field("to"))));
        parts.put("seen", Aggregation.of(a -> a.filter(only -> only.exists(exists -> exists.field("started_at")))
                .aggregations(
                        "newest",
                        Aggregation.of(newest -> newest.topHits(top -> top.size(1)
                                .source(source -> source.filter(include -> include.includes("uri")))
                                .sort(sort -> sort.field(field -> field.field("started_at")
                                        // the ledger has no such field
                                        .unmappedType(FieldType.Date)
                                        .order(SortOrder.Desc))))))));
        try {
            Aggregate found = elasticsearch
                    .client()
                    .search(
                            search -> search.index(List.of(names.everyEvent(), names.everyCoverage()))
                                    .ignoreUnavailable(true)
                                    .allowPartialSearchResults(false)
                                    .size(0)
                                    .query(query)
                                    .aggregations(BY_NAME, by -> by.composite(composite -> {
                                                composite
                                                        .size(size)
                                                        .sources(List.of(Map.of(
                                                                STREAM,
                                                                CompositeAggregationSource.of(source ->
                                                                        source.terms(terms -> terms.field(STREAM))))));
                                                return after == null
                                                        ? composite
                                                        : composite.after(Map.of(STREAM, after));
                                            })
                                            .aggregations(parts)),
                            Void.class)
                    .aggregations()
                    .get(BY_NAME);
            if (found == null) {
                return List.of();
            }
            List<Video> videos = new ArrayList<>();
            found.composite().buckets().array().forEach(bucket -> videos.add(video(bucket)));
            return videos;
        } catch (IOException | ElasticsearchException e) {
            throw elasticsearch.explain(e);
        }
    }

    private static Video video(CompositeBucket bucket) {
        FieldValue name = Objects.requireNonNull(bucket.key().get(STREAM), "a bucket has its key");
        Map<String, Aggregate> parts = bucket.aggregations();
        long events = (long) part(parts, "events").valueCount().value();
        long entries = (long) part(parts, "entries").valueCount().value();
        long from = Long.MAX_VALUE;
        long to = 0;
        if (events > 0) {
            from = (long) part(parts, "started").min().value();
            to = (long) part(parts, "ended").max().value();
        }
        if (entries > 0) {
            from = Math.min(from, (long) part(parts, "from").min().value());
            to = Math.max(to, (long) part(parts, "to").max().value());
        }
        return new Video(name.stringValue(), uri(part(parts, "seen").filter().aggregations()), events, from, to);
    }

    private static @Nullable String uri(Map<String, Aggregate> seen) {
        for (Hit<JsonData> newest : part(seen, "newest").topHits().hits().hits()) {
            JsonData source = newest.source();
            if (source != null) {
                return source.toJson().asJsonObject().getString("uri", null);
            }
        }
        return null;
    }

    private static Aggregate part(Map<String, Aggregate> parts, String name) {
        return Objects.requireNonNull(parts.get(name), name);
    }
}
