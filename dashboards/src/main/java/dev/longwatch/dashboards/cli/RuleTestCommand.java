// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longwatch.dashboards.local.ExitCode;
import dev.longwatch.dashboards.local.Installation;
import dev.longwatch.dashboards.local.JobProcess;
import dev.longwatch.dashboards.local.Problem;
import dev.longwatch.dashboards.local.WatchPlan;
import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.event.VideoEvent;
import dev.longwatch.indexer.local.LocalElasticsearch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        description =
                "Say what a rule would have fired on, and make a contact sheet of it. The very job that watches runs"
                        + " over the file at full speed; nothing is kept and nobody is alerted.",
        footer = {
            "",
            "Examples:",
            "  longwatch rule test \"a car enters\" --on yard.mp4",
            "  longwatch rule test \"a dog\" --on yard.mp4 --from 00:20:00 --to 00:40:00 --threshold 0.7"
        })
final class RuleTestCommand implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Parameters(paramLabel = "TEXT", description = "What to look for, in plain words.")
    private String text = "";

    @Option(names = "--on", paramLabel = "FILE", required = true, description = "The video to try it on.")
    private Path file = Path.of("");

    @Option(names = "--from", paramLabel = "TIME", description = "From where on: seconds or HH:MM:SS.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Up to where: seconds or HH:MM:SS.")
    private @Nullable String to;

    @Option(
            names = "--threshold",
            paramLabel = "P",
            defaultValue = "0.5",
            description = "How sure the model must be, 0 to 1. Default: ${DEFAULT-VALUE}.")
    private double threshold;

    @Option(
            names = "--min-duration",
            paramLabel = "S",
            defaultValue = "0",
            description = "Seconds that an event must last. Default: ${DEFAULT-VALUE}.")
    private double minSeconds;

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description =
                    "A Qwen2.5-VL checkpoint directory. Default: the embedded model, which knows only drawn objects.")
    private @Nullable Path model;

    @Option(
            names = "--sheet",
            paramLabel = "FILE",
            description = "Where to write the contact sheet, an HTML page. Default: a new file for temporary use.")
    private @Nullable Path sheet;

    @Option(names = "--json", description = "Print one JSON object a line.")
    private boolean json;

    @Override
    public Integer call() {
        WatchPlan plan = plan();
        Screen screen = Screen.standard(json);
        WatchRun run = new WatchRun(screen, plan);
        Installation installation = Installation.find();
        Path log = Watching.log(LocalElasticsearch.standardDirectory(), "rule-test");
        ExitCode end;
        try (JobProcess job =
                JobProcess.start(installation, JobProcess.Program.WATCH, plan.json(null, Watching.PARALLELISM), log)) {
            end = run.follow(job);
        } finally {
            screen.clear();
        }
        List<VideoEvent> fired = run.found();
        screen.say("It would have fired " + (fired.size() == 1 ? "once" : fired.size() + " times") + ".");
        if (run.anythingWatched()) {
            draw(installation, plan, fired, log, screen);
        }
        return end.code();
    }

    private WatchPlan plan() {
        if (!(minSeconds >= 0 && minSeconds <= 86_400)) {
            throw new Problem(ExitCode.USAGE, "--min-duration: expected 0 to 86400 seconds, found " + minSeconds);
        }
        try {
            AlertRule usual = AlertRule.of(text);
            AlertRule rule = new AlertRule(
                    usual.name(), usual.when(), threshold, Math.round(minSeconds * 1_000), usual.mergeMillis());
            String checkpoint =
                    model == null ? "" : model.toAbsolutePath().normalize().toString();
            if (!Times.isOnVideo(from) || !Times.isOnVideo(to)) {
                throw new IllegalArgumentException("--from and --to: expected seconds or HH:MM:SS, found "
                        + Objects.toString(from, "nothing") + " and " + Objects.toString(to, "nothing"));
            }
            return WatchPlan.now(List.of(file), List.of(rule), false, checkpoint)
                    .of(from == null && to == null ? WatchPlan.WHOLE : Times.onVideo(from, to));
        } catch (IllegalArgumentException e) {
            throw new Problem(ExitCode.USAGE, e);
        }
    }

    private void draw(Installation installation, WatchPlan plan, List<VideoEvent> fired, Path log, Screen screen) {
        Path out = sheet == null ? temporary() : sheet.toAbsolutePath().normalize();
        ObjectNode config = JSON.createObjectNode()
                .put("title", "“" + text.strip() + "” on " + file.getFileName())
                .put(
                        "note",
                        String.format(
                                "Would have fired %s at a threshold of %s. Nothing was kept, nobody was alerted.",
                                fired.size() == 1 ? "once" : fired.size() + " times", threshold))
                .put("uri", plan.videos().values().iterator().next().toString())
                .put("out", out.toString());
        config.putArray("moments");
        fired.forEach(event -> config.withArray("moments")
                .addObject()
                .put("startMillis", event.span().startMillis())
                .put("endMillis", event.span().endMillis())
                .put("text", event.text())
                .put("confidence", event.confidence()));
        screen.progress("drawing the contact sheet");
        try (JobProcess process = JobProcess.start(installation, JobProcess.Program.SHEET, config.toString(), log)) {
            process.follow(line -> show(line, screen));
        } finally {
            screen.clear();
        }
    }

    private static void show(JsonNode line, Screen screen) {
        if (line.path("type").asText().equals("sheet")) {
            screen.say("Contact sheet: " + line.path("path").asText());
            screen.object(Map.of("type", "sheet", "path", line.path("path").asText()));
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempFile("longwatch-rule-test-", ".html");
        } catch (IOException e) {
            throw new Problem(ExitCode.DISK, "no temporary file can be made for the contact sheet: " + e, e);
        }
    }
}
