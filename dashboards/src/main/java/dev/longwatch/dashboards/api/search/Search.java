// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.search;

import dev.longwatch.dashboards.api.events.EventAnswer;
import dev.longwatch.dashboards.api.events.Events;
import dev.longwatch.dashboards.api.events.Filters;
import dev.longwatch.dashboards.api.http.HttpProblem;
import dev.longwatch.dashboards.api.http.Input;
import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.indexer.search.EventFilter;
import dev.longwatch.indexer.search.EventSearch;
import dev.longwatch.indexer.search.Moment;
import dev.longwatch.indexer.search.SearchRequest;
import dev.longwatch.indexer.search.SearchRequest.Grouping;
import dev.longwatch.indexer.search.SearchResult;
import dev.longwatch.indexer.search.Understood;
import dev.longwatch.indexer.search.Why;
import io.javalin.http.Context;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code /search}: moments by words, the best first. Words are words here, never a query language. */
public final class Search {

    /**
     * @param score comparable within one answer only
     * @param marks which stretches of the event's text fit
     * @param why it was found
     * @param alongside the best others of its group; empty when nothing is grouped
     * @param count how many events its group has; 1 when nothing is grouped
     */
    public record MomentAnswer(
            EventAnswer event,
            double score,
            List<Moment.Mark> marks,
            Why why,
            List<EventAnswer> alongside,
            long count) {

        static MomentAnswer of(Moment moment) {
            return new MomentAnswer(
                    EventAnswer.of(moment.event()),
                    moment.score(),
                    moment.marks(),
                    moment.why(),
                    moment.alongside().stream().map(EventAnswer::of).toList(),
                    moment.count());
        }
    }

    /**
     * @param kind of thing that was understood
     * @param said the stretch of the text
     * @param meant what it was taken for
     */
    public record Clue(String kind, String said, String meant) {

        static Clue of(Understood.Clue clue) {
            return new Clue(clue.kind().name().toLowerCase(Locale.ROOT), clue.said(), clue.meant());
        }
    }

    /**
     * @param id of the search itself
     * @param total how many there are, shown or not
     * @param understood of the text besides its words
     * @param notes what one should know of this answer, in sentences
     * @param next null on the last page
     */
    public record Found(
            String id,
            List<MomentAnswer> moments,
            long total,
            long tookMs,
            List<Clue> understood,
            List<String> notes,
            @Nullable String next) {}

    private final EventSearch search;
    private final Filters filters;

    public Search(EventSearch search, Filters filters) {
        this.search = search;
        this.filters = filters;
    }

    public void byQuery(Context context) {
        context.json(answer(Input.ofQuery(context)));
    }

    public void byBody(Context context) {
        Input.ofQuery(context).done();
        context.json(answer(Input.ofBody(context)));
    }

    /** What was found of what {@code input} asks for. */
    public Found answer(Input input) {
        String text = input.words("text", SearchRequest.LONGEST_TEXT);
        EventFilter filter = filters.readJudged(input);
        Grouping group = input.choice("group", Grouping.class, Grouping.NONE);
        int most = group == Grouping.VIDEO ? SearchRequest.HIGHEST_VIDEOS : SearchRequest.HIGHEST_LIMIT;
        int limit = input.number("limit", 1, most, SearchRequest.LIMIT);
        int perGroup = input.number("per_group", 1, SearchRequest.HIGHEST_PER_GROUP, SearchRequest.PER_GROUP);
        @Nullable String cursor = input.has("cursor") ? input.text("cursor", Events.LONGEST_CURSOR) : null;
        input.done();
        SearchResult found = find(new SearchRequest(text, filter, limit)
                .grouped(group)
                .withPerGroup(perGroup)
                .after(cursor));
        return new Found(
                new SearchId(text, filter.streams()).encoded(),
                found.moments().stream().map(MomentAnswer::of).toList(),
                found.total(),
                found.tookMillis(),
                found.understood().clues().stream().map(Clue::of).toList(),
                found.notes(),
                found.next());
    }

    private SearchResult find(SearchRequest request) {
        try {
            return search.find(request);
        } catch (IndexException e) {
            // everything else was looked at before: the cursor is none of this search, or there is no word in the text
            if (e.reason() == IndexException.Reason.BAD_REQUEST) {
                throw request.cursor() != null
                        ? HttpProblem.invalid("cursor", String.valueOf(e.getMessage()))
                        : HttpProblem.invalid("text", "expected some words to search for, found none");
            }
            throw e;
        }
    }
}
