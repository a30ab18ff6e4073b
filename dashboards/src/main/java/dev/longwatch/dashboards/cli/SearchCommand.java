// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import dev.longwatch.dashboards.local.ExitCode;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.indexer.schema.Schema;
import dev.longwatch.indexer.search.EventFilter;
import dev.longwatch.indexer.search.EventSearch;
import dev.longwatch.indexer.search.Moment;
import dev.longwatch.indexer.search.SearchRequest;
import dev.longwatch.indexer.search.SearchRequest.Grouping;
import dev.longwatch.indexer.search.SearchRequest.Method;
import dev.longwatch.indexer.search.SearchResult;
import dev.longwatch.indexer.search.Why;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "search",
        mixinStandardHelpOptions = true,
        description = "Find moments by words and by meaning, the best first, and print where to jump.",
        footer = {
            "",
            "Times are seconds or HH:MM:SS of a video, or of the wall clock: ISO-8601, or -2h.",
            "Times of day, \"the second time …\" and \"without …\" in the text are understood, and what was understood is",
            "said; --literally takes them as words.",
            "Examples:",
            "  longwatch search \"a car\"",
            "  longwatch search \"a dog leaves\" --stream yard.mp4 --from 00:10:00 --to 00:20:00",
            "  longwatch search \"a dog\" --from 2026-11-01T08:00:00Z --json",
            "  longwatch search \"the last time somebody fell yesterday evening\"",
            "  longwatch search \"a red car\" --label entrance --group video"
        })
final class SearchCommand implements Callable<Integer> {

    @Parameters(paramLabel = "TEXT", description = "What to look for.")
    private String text = "";

    @Mixin
    private WhichEvents which = new WhichEvents();

    @Option(
            names = "--group",
            paramLabel = "BY",
            defaultValue = "none",
            description = "Show events that overlap (moment), or all of a video (video), as one. Default:"
                    + " ${DEFAULT-VALUE}.")
    private Grouping group = Grouping.NONE;

    @Option(
            names = "--per-group",
            paramLabel = "N",
            defaultValue = "3",
            description = "How many events of a group are shown. Default: ${DEFAULT-VALUE}.")
    private int perGroup;

    /** One way alone. */
    static final class Alone {

        @Option(names = "--words", description = "Look for the words only, not for what they mean.")
        private boolean words;

        @Option(names = "--meaning", description = "Look for the meaning only, not for the words.")
        private boolean meaning;
    }

    @ArgGroup
    private @Nullable Alone alone;

    @Option(names = "--literally", description = "Take times, orders and negations in the text as words.")
    private boolean literally;

    @Option(names = "--offset", paramLabel = "N", defaultValue = "0", description = "Leave out so many of the best.")
    private int offset;

    @Mixin
    private PageOptions page = new PageOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Mixin
    private IndexOptions index = new IndexOptions();

    @Override
    public Integer call() {
        Screen screen = output.screen();
        EventFilter filter = which.filter();
        SearchResult found = index.ask(screen, (elasticsearch, names) -> {
            SearchRequest request = new SearchRequest(text, filter, page.limit())
                    .from(offset)
                    .after(page.cursor())
                    .by(method())
                    .grouped(group)
                    .withPerGroup(perGroup)
                    .taken(literally);
            new Schema(elasticsearch, names, 0).require();
            return new EventSearch(elasticsearch, names).find(request);
        });
        found.understood().clues().forEach(clue -> screen.note("understood \"" + clue.said() + "\": " + clue.meant()));
        found.notes().forEach(screen::note);
        found.moments().forEach(moment -> show(screen, moment));
        if (found.moments().isEmpty()) {
            screen.note("nothing found for \"" + text + "\"");
        } else if (found.next() != null) {
            screen.note(found.moments().size() + " of " + found.total()
                    + (group == Grouping.VIDEO ? " videos" : " moments") + "; --after " + found.next()
                    + " shows more");
        }
        return ExitCode.OK.code();
    }

    private Method method() {
        return alone == null ? Method.BOTH : alone.words ? Method.WORDS : alone.meaning ? Method.MEANING : Method.BOTH;
    }

    private static void show(Screen screen, Moment moment) {
        VideoEvent event = moment.event();
        String jump = Times.jump(event.uri(), event.span().startMillis());
        Map<String, Object> line = Screen.line("moment", event);
        line.put("started_at", Instant.ofEpochMilli(event.startedAtMillis()).toString());
        line.put("score", moment.score());
        line.put("why", why(moment.why()));
        line.put("jump", jump);
        line.put("alongside", moment.alongside().stream().map(VideoEvent::id).toList());
        line.put("count", moment.count());
        screen.object(line);
        screen.say(line(event) + (moment.count() > 1 ? "  best of " + moment.count() : ""));
        moment.alongside().forEach(other -> screen.say("  " + line(other)));
    }

    private static String line(VideoEvent event) {
        return String.format(
                Locale.ROOT,
                "%s  %s  %.2f  %s",
                Times.span(event.span()),
                event.text(),
                event.confidence(),
                Times.jump(event.uri(), event.span().startMillis()));
    }

    private static Map<String, Object> why(Why why) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("words", why.words());
        line.put("alike", why.alike().stream().collect(Collectors.toMap(Why.Alike::asked, Why.Alike::found)));
        line.put("missing", why.missing());
        line.put("likeness", why.likeness());
        return line;
    }
}
