// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longwatch.dashboards.eval.EvalPicture;
import dev.longwatch.dashboards.eval.EvalTable;
import dev.longwatch.dashboards.local.ExitCode;
import dev.longwatch.dashboards.local.JobProcess;
import dev.longwatch.dashboards.local.Problem;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One evaluation, shown on a screen and written to files. Ctrl-C ends it and still shows what was measured. */
final class EvalRun {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Screen screen;
    private final @Nullable Path directory;
    private final List<JsonNode> answers = new ArrayList<>();
    private JsonNode result = JSON.missingNode();

    /** @param directory takes the files, and exists; null for none */
    EvalRun(Screen screen, @Nullable Path directory) {
        this.screen = screen;
        this.directory = directory;
    }

    /**
     * Follows the job to its end.
     *
     * @return {@link ExitCode#OK}, {@link ExitCode#VIDEO} or {@link ExitCode#INTERRUPTED}
     * @throws Problem when nothing was measured, or the files cannot be written
     */
    ExitCode follow(JobProcess job) {
        try (CtrlC ctrlC = CtrlC.stops(job, screen, "stopping: the figures are of the videos finished so far")) {
            screen.progress("loading the model");
            try {
                job.follow(this::take);
            } finally {
                // also when it failed: hours may have gone into what was measured
                screen.clear();
                show();
            }
            if (result.isMissingNode()) {
                throw new Problem(
                        ctrlC.pressed() ? ExitCode.INTERRUPTED : ExitCode.INTERNAL,
                        "stopped before anything was measured");
            }
            if (ctrlC.pressed()) {
                return ExitCode.INTERRUPTED;
            }
        }
        JsonNode videos = result.path("videos");
        boolean all = videos.path("unwatched").asInt() + videos.path("partly").asInt() == 0;
        return all ? ExitCode.OK : ExitCode.VIDEO;
    }

    private void take(JsonNode line) {
        switch (line.path("type").asText()) {
            case "running" ->
                screen.progress(
                        Progress.bar(0) + "  0 of " + videos(line.path("videos").asLong()));
            case "answer", "captions" -> answers.add(line);
            case "progress" -> progress(line);
            case "result" -> result = ((ObjectNode) line).without("type");
            default -> {
                // what a newer job says besides is not for us
            }
        }
    }

    private void progress(JsonNode line) {
        String problem = line.path("problem").asText();
        if (!problem.isEmpty()) {
            screen.note(problem);
        }
        double done = line.path("videos").asDouble();
        double all = line.path("of").asDouble();
        double seconds = line.path("wallSeconds").asDouble();
        screen.progress(String.format(
                Locale.ROOT,
                "%s  %.0f of %s  %d answers  %.1fx  %s left",
                Progress.bar(done / all),
                done,
                videos(line.path("of").asLong()),
                line.path("answers").asLong(),
                seconds > 0 ? line.path("videoSeconds").asDouble() / seconds : 0,
                Times.seconds(Math.round(seconds * 1_000 * (all - done) / Math.max(1, done)))));
    }

    private static String videos(long count) {
        return count + (count == 1 ? " video" : " videos");
    }

    private void show() {
        if (result.isMissingNode()) {
            return;
        }
        if (screen.printsJson()) {
            screen.object(result);
        } else {
            EvalTable.of(result).forEach(screen::say);
        }
        if (directory != null) {
            write(directory);
        }
    }

    private void write(Path directory) {
        try {
            Files.writeString(
                    directory.resolve("eval.json"),
                    JSON.writerWithDefaultPrettyPrinter().writeValueAsString(result) + "\n");
            Files.writeString(directory.resolve("eval.svg"), EvalPicture.of(result));
            try (BufferedWriter lines = Files.newBufferedWriter(directory.resolve("answers.jsonl"))) {
                for (JsonNode answer : answers) {
                    lines.write(JSON.writeValueAsString(answer));
                    lines.newLine();
                }
            }
        } catch (IOException e) {
            throw new Problem(ExitCode.DISK, "the result cannot be written to " + directory + ": " + e, e);
        }
        screen.say("");
        screen.say("Written to " + directory + ": eval.json, eval.svg, answers.jsonl");
    }
}
