// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.search;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.indexer.client.IndexException.Reason;
import dev.longwatch.indexer.embed.MiniLm;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.wording.CatchUp;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The door to what has been kept. Sees what was refreshed, that is, events older than half a second. Thread-safe; every
 * failure is an {@link IndexException}.
 */
public final class EventSearch {

    /** Elasticsearch's own for one page. */
    static final int HIGHEST_LIMIT = 10_000;

    private final Elasticsearch elasticsearch;
    private final IndexNames names;
    private final Ranking ranking;

    /** Once all is findable it stays so: whoever writes today writes it so. */
    private volatile boolean caughtUp;

    public EventSearch(Elasticsearch elasticsearch, IndexNames names) {
        this.elasticsearch = elasticsearch;
        this.names = names;
        this.ranking = new Ranking(new WordingSearch(elasticsearch, names), MiniLm.shared());
    }

    /**
     * Finds moments by words and by meaning, the best first and among those that say the same the newest. The pages of a
     * search follow each other without overlap as long as nothing new comes in; a filter that ends now keeps it out.
     */
    public SearchResult find(SearchRequest request) {
        SearchResult found = asked(() -> new HybridSearch(elasticsearch, names, ranking, request).find());
        return caughtUp ? found : found.with(backlog());
    }

    /** What an older Longwatch has kept and no search finds, in sentences. */
    private List<String> backlog() {
        CatchUp.Backlog backlog = new CatchUp(elasticsearch, names, MiniLm.shared()).backlog();
        caughtUp = backlog.isEmpty();
        List<String> notes = new ArrayList<>();
        if (backlog.events() > 0) {
            notes.add(backlog.events()
                    + " events of an older Longwatch are not searched; the next watch makes them findable");
        }
        if (backlog.wordings() > 0) {
            notes.add(backlog.wordings()
                    + " wordings have no meaning for today's model and are found by their words only; the next watch"
                    + " computes it");
        }
        return notes;
    }

    /**
     * The events themselves, in the order in which they began.
     *
     * @param limit how many at most, from 1 to {@value #HIGHEST_LIMIT}
     */
    public List<VideoEvent> list(EventFilter filter, int limit) {
        if (limit < 1 || limit > HIGHEST_LIMIT) {
            throw new IndexException(
                    Reason.BAD_REQUEST, "expected a limit from 1 to " + HIGHEST_LIMIT + ", found " + limit);
        }
        return asked(() -> new Events(elasticsearch, names, filter).oldest(List.of(), limit));
    }

    public long count(EventFilter filter) {
        return asked(() -> new Events(elasticsearch, names, filter).count());
    }

    /**
     * Deletes all events of a stream with their alerts and all that people did about those, refused documents too, so
     * that it can be watched again from a clean slate. Nobody may write to the stream meanwhile. They are gone for every
     * search when this returns.
     *
     * @return how many documents
     */
    public long delete(String stream) {
        return asked(
                () -> new EventDeletion(elasticsearch, names, Filters.of(EventFilter.ALL.inStreams(stream))).run());
    }

    /**
     * Deletes the events and alerts that earlier runs over a video have left behind. They are gone for every search when this
     * returns.
     *
     * @param filter which events
     * @param version only those with a lower one, see {@link VideoEvent#firstVersion}
     * @return how many
     */
    public long delete(EventFilter filter, long version) {
        return asked(() -> {
            List<Query> queries = new ArrayList<>(new Events(elasticsearch, names, filter).filters());
            queries.add(Query.of(query -> query.range(
                    range -> range.term(older -> older.field("version").lt(Long.toString(version))))));
            return new EventDeletion(elasticsearch, names, queries).run();
        });
    }

    /** Something asked of the server. */
    private interface Question<T> {
        T ask() throws IOException;
    }

    private <T> T asked(Question<T> question) {
        try {
            return question.ask();
        } catch (IOException | ElasticsearchException e) {
            throw elasticsearch.explain(e);
        }
    }
}
