// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.search;

import dev.longwatch.dashboards.api.events.EventAnswer;
import dev.longwatch.dashboards.api.events.Filters;
import dev.longwatch.dashboards.api.http.HttpProblem;
import dev.longwatch.dashboards.api.http.Input;
import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.indexer.search.EventFilter;
import dev.longwatch.indexer.search.EventSearch;
import dev.longwatch.indexer.search.Moment;
import dev.longwatch.indexer.search.SearchRequest;
import dev.longwatch.indexer.search.SearchResult;
import io.javalin.http.Context;
import java.util.List;

/** {@code /search}: moments by words, the best first. Words are words here, never a query language. */
public final class Search {

    /**
     * @param marks which stretches of the event's text fit
     * @param score comparable within one answer only
     */
    private record MomentAnswer(EventAnswer event, double score, List<Moment.Mark> marks) {}

    private record Found(String id, List<MomentAnswer> moments, long total, long tookMs) {}

    private final EventSearch search;
    private final Filters filters;

    public Search(EventSearch search, Filters filters) {
        this.search = search;
        this.filters = filters;
    }

    public void byQuery(Context context) {
        answer(context, Input.ofQuery(context));
    }

    public void byBody(Context context) {
        Input.ofQuery(context).done();
        answer(context, Input.ofBody(context));
    }

    private void answer(Context context, Input input) {
        String text = input.words("text", SearchRequest.LONGEST_TEXT);
        EventFilter filter = filters.read(input);
        int limit = input.number("limit", 1, SearchRequest.HIGHEST_LIMIT, SearchRequest.LIMIT);
        input.done();
        SearchResult found = find(new SearchRequest(text, filter, limit));
        context.json(new Found(
                new SearchId(text, filter.streams()).encoded(),
                found.moments().stream()
                        .map(moment -> new MomentAnswer(EventAnswer.of(moment.event()), moment.score(), moment.marks()))
                        .toList(),
                found.total(),
                found.tookMillis()));
    }

    private SearchResult find(SearchRequest request) {
        try {
            return search.find(request);
        } catch (IndexException e) {
            // everything else was looked at before: there is no word in it
            if (e.reason() == IndexException.Reason.BAD_REQUEST) {
                throw HttpProblem.invalid("text", "expected some words to search for, found none");
            }
            throw e;
        }
    }
}
