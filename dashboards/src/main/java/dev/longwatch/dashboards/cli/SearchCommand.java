// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import dev.longwatch.dashboards.local.ExitCode;
import dev.longwatch.dashboards.local.Problem;
import dev.longwatch.dashboards.local.WatchPlan;
import dev.longwatch.indexer.client.Elasticsearch;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.indexer.schema.IndexNames;
import dev.longwatch.indexer.schema.Schema;
import dev.longwatch.indexer.search.EventFilter;
import dev.longwatch.indexer.search.EventSearch;
import dev.longwatch.indexer.search.Moment;
import dev.longwatch.indexer.search.SearchRequest;
import dev.longwatch.indexer.search.SearchResult;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "search",
        mixinStandardHelpOptions = true,
        description = "Find moments by words, the best first, and print where to jump.",
        footer = {
            "",
            "Times are seconds or HH:MM:SS of a video, or of the wall clock: ISO-8601, or -2h.",
            "Examples:",
            "  longwatch search \"a car\"",
            "  longwatch search \"a dog leaves\" --stream yard.mp4 --from 00:10:00 --to 00:20:00",
            "  longwatch search \"a dog\" --from 2026-11-01T08:00:00Z --json"
        })
final class SearchCommand implements Callable<Integer> {

    @Parameters(paramLabel = "TEXT", description = "What to look for.")
    private String text = "";

    @Option(names = "--stream", paramLabel = "NAME", description = "Only in this video. May be given many times.")
    private List<String> streams = List.of();

    @Mixin
    private PeriodOptions period = new PeriodOptions();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many moments at most. Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Mixin
    private IndexOptions index = new IndexOptions();

    @Override
    public Integer call() {
        Screen screen = output.screen();
        EventFilter filter = filter();
        SearchResult found = index.with(screen::progress, address -> {
            SearchRequest request = new SearchRequest(text, filter, limit);
            try (Elasticsearch elasticsearch = Elasticsearch.open(address)) {
                IndexNames names = new IndexNames(WatchPlan.PREFIX);
                new Schema(elasticsearch, names, 0).require();
                return new EventSearch(elasticsearch, names).find(request);
            }
        });
        screen.clear();
        found.moments().forEach(moment -> show(screen, moment));
        if (found.moments().isEmpty()) {
            screen.note("nothing found for \"" + text + "\"");
        } else if (found.total() > found.moments().size()) {
            screen.note(found.moments().size() + " of " + found.total() + " moments; --limit shows more");
        }
        return ExitCode.OK.code();
    }

    private EventFilter filter() {
        EventFilter filter = EventFilter.ALL.inStreams(streams.toArray(String[]::new));
        try {
            if (period.isOnVideo()) {
                return period.isOpen() ? filter : filter.within(period.onVideo());
            }
            Instant now = Instant.now();
            return filter.between(period.begin(now), period.end(now));
        } catch (IllegalArgumentException e) {
            throw new Problem(ExitCode.USAGE, e);
        }
    }

    private static void show(Screen screen, Moment moment) {
        VideoEvent event = moment.event();
        String jump = Times.jump(event.uri(), event.span().startMillis());
        Map<String, Object> line = Screen.line("moment", event);
        line.put("started_at", Instant.ofEpochMilli(event.startedAtMillis()).toString());
        line.put("score", moment.score());
        line.put("jump", jump);
        screen.object(line);
        screen.say(String.format(
                Locale.ROOT, "%s  %s  %.2f  %s", Times.span(event.span()), event.text(), event.confidence(), jump));
    }
}
