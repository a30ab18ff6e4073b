// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longwatch.dashboards.ask.Place;
import dev.longwatch.dashboards.local.ExitCode;
import dev.longwatch.dashboards.local.Installation;
import dev.longwatch.dashboards.local.JobProcess;
import dev.longwatch.dashboards.local.Problem;
import dev.longwatch.dashboards.summary.Markdown;
import dev.longwatch.dashboards.summary.Story;
import dev.longwatch.dashboards.summary.StoryReader;
import dev.longwatch.dashboards.summary.Summary;
import dev.longwatch.dashboards.summary.Titles;
import dev.longwatch.indexer.search.CoverageLedger;
import dev.longwatch.indexer.search.EventSearch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "summarise",
        aliases = "summarize",
        mixinStandardHelpOptions = true,
        description = {
            "Tell on one page what happened on a stream: chapters, counts per rule, the longest quiet, and what nobody"
                    + " watched. Nothing is looked at and nothing invented: every sentence carries the seconds it rests on.",
            ""
        },
        footer = {
            "",
            "Times are seconds or HH:MM:SS of a video, or ISO-8601 dates of the wall clock.",
            "Examples:",
            "  longwatch summarise yard.mp4",
            "  longwatch summarise yard.mp4 --from 00:10:00 --to 01:10:00 --format json --out yard.json",
            "  longwatch summarise gate --from 2026-11-01T08:00:00Z --to 2026-11-01T09:00:00Z"
        })
final class SummariseCommand implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What can be written. */
    enum Format {
        md,
        json
    }

    @Parameters(paramLabel = "VIDEO|STREAM", description = "A stream's name, or a file that was watched.")
    private String stream = "";

    @Option(
            names = "--from",
            paramLabel = "T",
            description = "From when on. Default: all of a file, the last hour of a recording.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "T", description = "Up to when.")
    private @Nullable String to;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "md",
            description = "md (Markdown) or json. Default: ${DEFAULT-VALUE}.")
    private Format format = Format.md;

    @Option(names = "--out", paramLabel = "FILE", description = "Write to this file. Default: standard output.")
    private @Nullable Path out;

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description =
                    "A Qwen2.5-VL checkpoint directory, which writes the chapters' titles from their events. Default:"
                            + " titles are the events' own words.")
    private @Nullable Path model;

    @Mixin
    private IndexOptions index = new IndexOptions();

    @Override
    public Integer call() {
        Screen screen = Screen.standard(false);
        Range range = Range.of(from, to);
        Place place = Place.of(stream);
        Optional<Story> story = index.ask(screen, (elasticsearch, names) -> {
            screen.progress("reading what is kept");
            return new StoryReader(new EventSearch(elasticsearch, names), new CoverageLedger(elasticsearch, names))
                    .of(
                            place.stream(),
                            place.file() != null,
                            from == null && to == null ? null : range.span(),
                            range.wallClock());
        });
        if (story.isEmpty()) {
            throw new Problem(
                    place.file() == null ? ExitCode.USAGE : ExitCode.UNKNOWN,
                    "nothing was ever watched under the name '" + place.stream() + "': longwatch watch comes first");
        }
        Summary summary = Summary.of(story.get());
        if (model != null) {
            summary = titled(summary, model.toAbsolutePath().normalize().toString(), screen);
        }
        write(format == Format.md ? Markdown.of(summary) : json(summary));
        return ExitCode.OK.code();
    }

    private Summary titled(Summary summary, String checkpoint, Screen screen) {
        Titles titles = new Titles(summary);
        if (titles.areNone()) {
            return summary;
        }
        screen.progress("writing titles");
        Path log = index.folder().log("summarise");
        try (JobProcess job =
                        JobProcess.start(Installation.find(), JobProcess.Program.WRITE, titles.json(checkpoint), log);
                CtrlC ctrlC = CtrlC.stops(job, screen, "stopping")) {
            job.follow(line -> take(line, titles, screen));
            if (ctrlC.pressed()) {
                throw new Problem(ExitCode.INTERRUPTED, "stopped while titles were written");
            }
            return titles.summary();
        } finally {
            screen.clear();
        }
    }

    private static void take(JsonNode line, Titles titles, Screen screen) {
        switch (line.path("type").asText()) {
            case "written" ->
                titles.take(
                        line.path("ordinal").asInt(),
                        line.path("text").asText(),
                        line.path("model").asText());
            case "refused" -> screen.note(line.path("why").asText() + " Titles are the events' own words.");
            default -> {
                // what a newer job says besides is not for us
            }
        }
    }

    private static String json(Summary summary) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(summary) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + summary, e);
        }
    }

    private void write(String text) {
        if (out == null) {
            System.out.print(text);
            System.out.flush();
            return;
        }
        try {
            Files.writeString(out, text);
        } catch (IOException e) {
            throw new Problem(ExitCode.DISK, "--out: the file " + out + " cannot be written: " + e, e);
        }
    }
}
