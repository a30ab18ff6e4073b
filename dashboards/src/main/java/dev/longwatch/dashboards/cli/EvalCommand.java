// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import dev.longwatch.dashboards.local.DataFolder;
import dev.longwatch.dashboards.local.EvalPlan;
import dev.longwatch.dashboards.local.ExitCode;
import dev.longwatch.dashboards.local.Installation;
import dev.longwatch.dashboards.local.JobProcess;
import dev.longwatch.dashboards.local.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "eval",
        mixinStandardHelpOptions = true,
        description = {
            "Measure a model on videos whose moments are known: mean IoU, R1@0.3/0.5/0.7, boundary error, precision and"
                    + " recall per rule, false alarms, calibration, each with a 95 %% interval.",
            "",
            "Labels are JSON lines, {\"video\": PATH, \"query\": TEXT, \"spans\": [[start, end], …]} in seconds, with no"
                    + " spans for what does not happen and paths relative to the file; or the annotations of Charades-STA"
                    + " or TimeLens-Bench. A video that fits into one clip of the model is asked about as a whole, a longer"
                    + " one is watched clip by clip and stitched as `watch` does.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  longwatch eval --labels yard/labels.jsonl",
            "  longwatch eval --labels yard/labels.jsonl --fps 4 --uneven 7 --out yard-uneven",
            "  longwatch eval --labels charades_sta_test.txt --videos Charades_v1_480 \\",
            "      --model ~/Qwen2.5-VL-7B-Instruct --min-pixels 50176 --total-pixels 11239424 --out charades"
        })
final class EvalCommand implements Callable<Integer> {

    @Option(names = "--labels", required = true, paramLabel = "FILE", description = "The true moments.")
    private Path labels = Path.of("");

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "jsonl, charades or timelens. Default: what the content looks like.")
    private @Nullable String format;

    @Option(
            names = "--videos",
            paramLabel = "DIR",
            description =
                    "Where the labelled videos are; those named without an ending are found as .mp4, .mkv, .avi, .webm,"
                            + " .mov or .m4v. Default: the labels' own directory.")
    private @Nullable Path videos;

    @Mixin
    private ModelOptions model = new ModelOptions();

    @Option(
            names = "--prompt",
            paramLabel = "PROMPT",
            description =
                    "longwatch (may answer \"none\", tells probabilities), or word for word as published: cookbook,"
                            + " charades, timelens (free answers of at most 50 tokens). Default: longwatch for jsonl, else the"
                            + " format's own.")
    private @Nullable String prompt;

    @Option(
            names = "--fps",
            paramLabel = "R",
            defaultValue = "2",
            description = "Pictures a second, 0.5 to 8. Default: ${DEFAULT-VALUE}.")
    private double framesPerSecond;

    @Option(
            names = "--uneven",
            paramLabel = "SEED",
            description =
                    "Draw every gap between pictures at random between half and one and a half times the regular one.")
    private @Nullable Long uneven;

    @Option(
            names = "--by-change",
            description = "Of the pictures at --fps, look only at those with a change near them, and at two every 2 s.")
    private boolean byChange;

    @Option(
            names = "--min-pixels",
            paramLabel = "N",
            description =
                    "Least area of a picture. With --total-pixels: the budget of published evaluations. Default: the"
                            + " checkpoint's own limits.")
    private @Nullable Long minPixels;

    @Option(
            names = "--total-pixels",
            paramLabel = "N",
            description =
                    "Most pixels of all pictures of a clip together; those come in pairs, so N/784 is the most visual"
                            + " tokens.")
    private @Nullable Long totalPixels;

    @Option(
            names = "--whole",
            paramLabel = "SECONDS",
            description =
                    "Ask about videos up to this long as one clip. Default: 16 for the embedded model, which was trained"
                            + " so, else as many as 768 pictures last.")
    private @Nullable Double whole;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Write eval.json (the whole result), eval.svg (the picture) and answers.jsonl (every answer) there.")
    private @Nullable Path out;

    @Option(names = "--json", description = "Print the whole result as one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        if ((minPixels == null) != (totalPixels == null)) {
            throw new Problem(
                    ExitCode.USAGE, "--min-pixels and --total-pixels are one budget: expected both or neither");
        }
        if (!(framesPerSecond >= 0.5 && framesPerSecond <= 8)) {
            throw new Problem(ExitCode.USAGE, "--fps: expected 0.5 to 8 pictures a second, found " + framesPerSecond);
        }
        if (byChange && uneven != null) {
            throw new Problem(ExitCode.USAGE, "--by-change and --uneven are two ways to sample: expected one of them");
        }
        if (whole != null && !(whole >= 1 && whole <= 86_400)) {
            throw new Problem(ExitCode.USAGE, "--whole: expected 1 to 86400 seconds, found " + whole);
        }
        EvalPlan plan = new EvalPlan(
                labels,
                format,
                videos,
                model.directory(),
                prompt,
                framesPerSecond,
                uneven,
                byChange,
                minPixels == null ? 0 : minPixels,
                totalPixels == null ? 0 : totalPixels,
                whole == null ? 0 : whole);
        if (out != null) {
            makeDirectory(out);
        }
        Screen screen = Screen.standard(json);
        Path log = DataFolder.standard().log("eval");
        try (JobProcess job = JobProcess.start(Installation.find(), JobProcess.Program.EVAL, plan.json(), log)) {
            return new EvalRun(screen, out).follow(job).code();
        } finally {
            screen.clear();
        }
    }

    private static void makeDirectory(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new Problem(ExitCode.DISK, "--out: the directory " + directory + " cannot be made: " + e, e);
        }
    }
}
