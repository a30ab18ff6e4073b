// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.longwatch.dashboards.config.Durations;
import dev.longwatch.dashboards.local.DataFolder;
import dev.longwatch.dashboards.local.ExitCode;
import dev.longwatch.dashboards.local.Installation;
import dev.longwatch.dashboards.local.JobProcess;
import dev.longwatch.dashboards.local.Problem;
import dev.longwatch.dashboards.local.SheetPlan;
import dev.longwatch.dashboards.local.WatchPlan;
import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.event.VideoEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        description =
                "Say what a rule would have fired on, and make a contact sheet of it. The very job that watches runs"
                        + " over the past at full speed; nothing is kept and nobody is alerted.",
        footer = {
            "",
            "Of a stream, the last hour that was recorded is tried unless --from or --to say otherwise.",
            "Examples:",
            "  longwatch rule test \"a car enters\" --on yard.mp4",
            "  longwatch rule test \"a dog\" --on yard.mp4 --from 00:20:00 --to 00:40:00 --threshold 0.7",
            "  longwatch rule test \"a car\" --on yard --from 22:00 --to 06:00",
            "  longwatch rule test \"a person\" --on office --from -2h --absent --min-duration 10min"
        })
final class RuleTestCommand implements Callable<Integer> {

    @Parameters(paramLabel = "TEXT", description = "What to look for, in plain words.")
    private String text = "";

    @Mixin
    private TrialOptions on = new TrialOptions();

    @Mixin
    private PeriodOptions period = new PeriodOptions();

    @Mixin
    private ThresholdOptions threshold = new ThresholdOptions();

    @Option(
            names = "--min-duration",
            paramLabel = "D",
            defaultValue = "0",
            description = "How long an event must last: seconds, or 10s, 5min. Default: ${DEFAULT-VALUE}.")
    private String minDuration = "";

    @Option(
            names = "--absent",
            description = "Fire where it is looked for and not seen. Seconds that nobody watched count for nothing.")
    private boolean absent;

    @Mixin
    private ModelOptions model = new ModelOptions();

    @Option(
            names = "--sheet",
            paramLabel = "FILE",
            description = "Where to write the contact sheet, an HTML page. Default: a new file for temporary use.")
    private @Nullable Path sheet;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        AlertRule rule = rule();
        WatchPlan plan = on.plan(rule, period, model, Instant.now());
        Screen screen = output.screen();
        WatchRun run = new WatchRun(screen, plan);
        Installation installation = Installation.find();
        Path log = DataFolder.standard().log("rule-test");
        ExitCode end;
        try (JobProcess job = JobProcess.start(installation, JobProcess.Program.WATCH, plan.json(), log)) {
            end = run.follow(job);
        } finally {
            screen.clear();
        }
        screen.say("It would have fired " + times(run.found().size()) + ".");
        if (run.anythingWatched()) {
            draw(installation, sheet(plan, run), log, screen);
        }
        return end.code();
    }

    private AlertRule rule() {
        long minMillis = minMillis();
        try {
            AlertRule usual = AlertRule.of(text);
            return absent
                    ? AlertRule.absent(usual.name(), usual.when(), minMillis).withThreshold(threshold.threshold())
                    : new AlertRule(usual.name(), usual.when(), threshold.threshold(), minMillis, usual.mergeMillis());
        } catch (IllegalArgumentException e) {
            throw new Problem(ExitCode.USAGE, e);
        }
    }

    private long minMillis() {
        // a bare number is seconds, as it is everywhere on the command line
        String words = minDuration.matches("[0-9.]+") ? minDuration + "s" : minDuration;
        return Durations.parse(words)
                .filter(duration -> duration.compareTo(Duration.ofDays(1)) <= 0)
                .orElseThrow(() -> new Problem(
                        ExitCode.USAGE,
                        "--min-duration: expected " + Durations.EXPECTED + ", a day at most, found " + minDuration))
                .toMillis();
    }

    private SheetPlan sheet(WatchPlan plan, WatchRun run) {
        Map.Entry<String, String> video = plan.videos().entrySet().iterator().next();
        List<VideoEvent> fired = run.found();
        return new SheetPlan(
                "“" + text.strip() + "”" + (absent ? " absent" : "") + " on " + video.getKey(),
                String.format(
                        Locale.ROOT,
                        "Would have fired %s at a threshold of %s. Nothing was kept, nobody was alerted.",
                        times(fired.size()),
                        threshold.threshold()),
                video.getKey(),
                video.getValue(),
                fired,
                run.probabilities(),
                threshold.threshold(),
                sheet == null ? temporary() : sheet.toAbsolutePath().normalize());
    }

    private static void draw(Installation installation, SheetPlan plan, Path log, Screen screen) {
        screen.object(Map.of("type", "probabilities", "threshold", plan.threshold(), "of_clips", plan.probabilities()));
        screen.progress("drawing the contact sheet");
        try (JobProcess process = JobProcess.start(installation, JobProcess.Program.SHEET, plan.json(), log)) {
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

    private static String times(int count) {
        return count == 1 ? "once" : count + " times";
    }

    private static Path temporary() {
        try {
            return Files.createTempFile("longwatch-rule-test-", ".html");
        } catch (IOException e) {
            throw new Problem(ExitCode.DISK, "no temporary file can be made for the contact sheet: " + e, e);
        }
    }
}
