// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.api.questions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longwatch.dashboards.api.http.HttpProblem;
import dev.longwatch.dashboards.api.http.Input;
import dev.longwatch.dashboards.api.http.Stretch;
import dev.longwatch.dashboards.api.http.TimeInput;
import dev.longwatch.dashboards.api.videos.Looked;
import dev.longwatch.dashboards.summary.Markdown;
import dev.longwatch.dashboards.summary.Story;
import dev.longwatch.dashboards.summary.StoryReader;
import dev.longwatch.dashboards.summary.Summary;
import dev.longwatch.dashboards.summary.Watched;
import dev.longwatch.indexer.event.TimeSpan;
import dev.longwatch.indexer.search.CoverageLedger;
import dev.longwatch.indexer.search.EventSearch;
import dev.longwatch.indexer.search.VideoCatalog;
import io.javalin.http.Context;
import org.jspecify.annotations.Nullable;

/** {@code /summaries}: a stretch of a stream on one page, as {@code longwatch summarise} writes it. */
public final class Summaries {

    private static final int LONGEST_NAME = 500;

    private static final String MARKDOWN = "text/markdown";

    /** Its own names and what is null in it are part of what it says. */
    private static final ObjectMapper JSON = new ObjectMapper();

    private final StoryReader stories;
    private final CoverageLedger ledger;
    private final VideoCatalog catalog;

    public Summaries(EventSearch search, CoverageLedger ledger, VideoCatalog catalog) {
        stories = new StoryReader(search, ledger);
        this.ledger = ledger;
        this.catalog = catalog;
    }

    public void summarise(Context context) throws JsonProcessingException {
        Input.ofQuery(context).done();
        Input body = Input.ofBody(context);
        String stream = body.words("stream", LONGEST_NAME);
        Stretch stretch = Stretch.read(body);
        body.done();
        boolean file = catalog.find(stream)
                .filter(video -> !Looked.at(video, ledger).live())
                .isPresent();
        Story story = stories.of(stream, file, span(stretch), stretch.dated())
                .orElseThrow(() -> HttpProblem.notFound("nothing was ever watched under that name"));
        Summary summary = Summary.of(story);
        if (String.valueOf(context.header("Accept")).contains(MARKDOWN)) {
            context.contentType(MARKDOWN + "; charset=utf-8").result(Markdown.of(summary));
        } else {
            context.contentType("application/json").result(JSON.writeValueAsString(summary));
        }
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
