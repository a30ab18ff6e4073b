// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.questions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longwatch.dashboards.api.http.HttpProblem;
import dev.longwatch.dashboards.api.http.Input;
import dev.longwatch.dashboards.api.http.Stretch;
import dev.longwatch.dashboards.api.http.TimeInput;
import dev.longwatch.dashboards.summary.Story;
import dev.longwatch.dashboards.summary.StoryReader;
import dev.longwatch.dashboards.summary.Summary;
import dev.longwatch.dashboards.summary.Watched;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.search.CoverageLedger;
import dev.longwatch.indexer.search.EventSearch;
import io.javalin.http.Context;
import org.jspecify.annotations.Nullable;

/** {@code /summaries}: a stretch of a stream on one page, as {@code longwatch summarise} writes it. */
public final class Summaries {

    private static final int LONGEST_NAME = 500;

    /** Its own names and what is null in it are part of what it says. */
    private static final ObjectMapper JSON = new ObjectMapper();

    private final StoryReader stories;

    public Summaries(EventSearch search, CoverageLedger ledger) {
        stories = new StoryReader(search, ledger);
    }

    public void summarise(Context context) throws JsonProcessingException {
        Input.ofQuery(context).done();
        Input body = Input.ofBody(context);
        String stream = body.words("stream", LONGEST_NAME);
        Stretch stretch = Stretch.read(body);
        body.done();
        Story story = stories.of(stream, false, span(stretch), stretch.dated())
                .orElseThrow(() -> HttpProblem.notFound("nothing was ever watched under that name"));
        context.contentType("application/json").result(JSON.writeValueAsString(Summary.of(story)));
    }

    private static @Nullable TimeSpan span(Stretch stretch) {
        if (stretch.isAll()) {
            return null;
        }
        TimeInput from = stretch.from();
        TimeInput to = stretch.to();
        return new TimeSpan(from == null ? 0 : from.millis(), to == null ? Watched.END : to.millis());
    }
}
