// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.events;

import dev.longwatch.dashboards.api.http.HttpProblem;
import dev.longwatch.dashboards.api.http.Input;
import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.indexer.search.EventFilter;
import dev.longwatch.indexer.search.EventListing;
import dev.longwatch.indexer.search.EventListing.Order;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /events}: what happened, a page at a time, and each by its id. */
public final class Events {

    private static final int LIMIT = 50;
    public static final int LONGEST_CURSOR = 4_000;

    /** @param next null on the last page */
    public record Page(List<EventAnswer> events, @Nullable String next) {}

    private final EventListing pages;
    private final Filters filters;

    public Events(EventListing pages, Filters filters) {
        this.pages = pages;
        this.filters = filters;
    }

    public void list(Context context) {
        context.json(page(Input.ofQuery(context)));
    }

    /** The page that {@code input} asks for. */
    public Page page(Input input) {
        EventFilter filter = filters.readJudged(input);
        Order order = input.choice("order", Order.class, Order.NEWEST);
        int limit = input.number("limit", 1, EventListing.HIGHEST_LIMIT, LIMIT);
        @Nullable String cursor = input.has("cursor") ? input.text("cursor", LONGEST_CURSOR) : null;
        input.done();
        EventListing.Page page = page(filter, order, cursor, limit);
        return new Page(page.events().stream().map(EventAnswer::of).toList(), page.next());
    }

    public void get(Context context) {
        Input.ofQuery(context).done();
        context.json(
                event(context.pathParam("id")).orElseThrow(() -> HttpProblem.notFound("there is no event of that id")));
    }

    /** The event of that id. */
    public Optional<EventAnswer> event(String id) {
        return pages.event(id).map(EventAnswer::of);
    }

    private EventListing.Page page(EventFilter filter, Order order, @Nullable String cursor, int limit) {
        try {
            return pages.page(filter, order, cursor, limit);
        } catch (IndexException e) {
            if (e.reason() == IndexException.Reason.BAD_REQUEST) {
                throw HttpProblem.invalid("cursor", String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }
}
