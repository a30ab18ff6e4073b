// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.ask;

import dev.longwatch.indexer.client.IndexException;
import dev.longwatch.indexer.client.IndexException.Reason;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.indexer.search.EventFilter;
import dev.longwatch.indexer.search.EventSearch;
import dev.longwatch.indexer.search.Moment;
import dev.longwatch.indexer.search.SearchRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Finds the moments that may answer a question: the only place that knows how they are searched. */
public final class Retrieval {

    /** Of each search for some of the question's words. */
    private static final int FOUND = 50;

    /** Of all events of the rules that were found; more than anybody counts. */
    private static final int MOST = 2_000;

    /** What a question says of how it asks, and no event does. */
    private static final Pattern ASKING = Pattern.compile(
            "(?i)\\b(?:how|many|times?|often|long|for|first|last|which|what|who|why|streams?|videos?|cameras?|files?|footage"
                    + "|recording|seen|visible)\\b");

    private final EventSearch search;

    public Retrieval(EventSearch search) {
        this.search = search;
    }

    /**
     * What was found.
     *
     * @param events the best first, then the other events of the same rules, by time
     * @param all whether these are all events of those rules
     */
    public record Found(List<VideoEvent> events, boolean all) {

        public Found {
            events = List.copyOf(events);
        }
    }

    /** @param filter where the answer is looked for */
    public Found of(String question, EventFilter filter) {
        Map<String, VideoEvent> found = new LinkedHashMap<>();
        // one thing before or after another: neither may drown the other
        for (String words : question.split("(?i)\\b(?:before|after)\\b")) {
            find(words, filter)
                    .forEach(moment -> found.putIfAbsent(moment.event().id(), moment.event()));
        }
        if (found.isEmpty()) {
            return new Found(List.of(), true);
        }
        String[] rules =
                found.values().stream().map(VideoEvent::rule).distinct().toArray(String[]::new);
        List<VideoEvent> theirs = search.list(filter.ofRules(rules), MOST);
        theirs.forEach(event -> found.putIfAbsent(event.id(), event));
        return new Found(new ArrayList<>(found.values()), theirs.size() < MOST);
    }

    private List<Moment> find(String words, EventFilter filter) {
        String bare = ASKING.matcher(words).replaceAll(" ");
        String wanted = bare.isBlank() ? words : bare;
        if (wanted.isBlank()) {
            return List.of();
        }
        String searched = wanted.substring(0, Math.min(wanted.length(), SearchRequest.LONGEST_TEXT));
        try {
            return search.find(new SearchRequest(searched, filter, FOUND)).moments();
        } catch (IndexException e) {
            if (e.reason() == Reason.BAD_REQUEST) {
                return List.of(); // none of its words can be searched for
            }
            throw e;
        }
    }
}
