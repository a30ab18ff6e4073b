// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import dev.longwatch.dashboards.ask.Place;
import dev.longwatch.dashboards.ask.Preparation;
import dev.longwatch.dashboards.local.ExitCode;
import dev.longwatch.dashboards.local.Installation;
import dev.longwatch.dashboards.local.JobProcess;
import dev.longwatch.dashboards.local.Problem;
import dev.longwatch.indexer.search.CoverageLedger;
import dev.longwatch.indexer.search.EventSearch;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "ask",
        mixinStandardHelpOptions = true,
        description = {
            "Answer a question about what was watched, with the seconds the answer rests on, or say that it is not known.",
            "",
            "What is kept is searched first; where that does not settle it, the model looks at the footage round the best"
                    + " moments again. Without --model only questions that follow from when something is seen are answered:"
                    + " when, is there, did, how many times, how long, first, last, before, after, which videos.",
            ""
        },
        footer = {
            "",
            "Times are seconds or HH:MM:SS of a video, or ISO-8601 dates of the wall clock.",
            "Examples:",
            "  longwatch ask \"when does a car enter?\" --on yard.mp4",
            "  longwatch ask \"is there a dog?\" --on new.mp4 --look",
            "  longwatch ask \"what colour is the car that leaves last?\" --model ~/Qwen2.5-VL-7B-Instruct"
        })
final class AskCommand implements Callable<Integer> {

    @Parameters(paramLabel = "QUESTION", description = "What you want to know.")
    private String question = "";

    @Option(
            names = "--on",
            paramLabel = "VIDEO|STREAM",
            description = "Only there: a stream's name, or a file. May be given many times.")
    private List<String> on = List.of();

    @Option(names = "--from", paramLabel = "T", description = "Not before this time.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "T", description = "Not after this time.")
    private @Nullable String to;

    @Option(
            names = "--look",
            description = "Look at all of what --on names, watched or not, an hour at most; needs no index of it.")
    private boolean look;

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description =
                    "A Qwen2.5-VL checkpoint directory. Default: the embedded model, which has no words of its own.")
    private @Nullable Path model;

    @Option(names = "--json", description = "Print one JSON object a line.")
    private boolean json;

    @Mixin
    private IndexOptions index = new IndexOptions();

    @Override
    public Integer call() {
        if (question.isBlank()) {
            throw new Problem(ExitCode.USAGE, "expected a question, found none");
        }
        Range range = Range.of(from, to);
        Screen screen = Screen.standard(json);
        Preparation.Prepared prepared = index.ask(screen, (elasticsearch, names) -> {
            screen.progress("searching");
            return new Preparation(
                            new EventSearch(elasticsearch, names),
                            new CoverageLedger(elasticsearch, names),
                            on.stream().map(Place::of).toList(),
                            range.span(),
                            range.wallClock())
                    .of(
                            question.strip(),
                            look,
                            model == null
                                    ? ""
                                    : model.toAbsolutePath().normalize().toString());
        });
        if (!look) {
            prepared.neverWatched()
                    .forEach(stream -> screen.note(stream + " was never watched; --look looks at it now"));
        }
        AskRun run = new AskRun(screen, prepared);
        if (prepared.tellsNothing()) {
            return run.nothing().code();
        }
        Path log = index.folder().log("ask");
        try (JobProcess job = JobProcess.start(
                Installation.find(), JobProcess.Program.ASK, prepared.plan().json(), log)) {
            return run.follow(job).code();
        } finally {
            screen.clear();
        }
    }
}
