// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.cli;

import dev.longwatch.dashboards.local.ExitCode;
import dev.longwatch.dashboards.local.Problem;
import dev.longwatch.dashboards.local.WatchPlan;
import dev.longwatch.indexer.alert.AlertRule;
import dev.longwatch.indexer.event.Labels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        description = "Watch video files and print every event the moment it closes.",
        footer = {
            "",
            "Examples:",
            "  longwatch watch yard.mp4 --rule \"a car enters\" --rule \"a dog\"",
            "  longwatch watch *.mkv --describe --json",
            "  longwatch watch yard.mp4 --rule \"somebody falls\" --model ~/Qwen2.5-VL-7B-Instruct"
        })
final class WatchCommand implements Callable<Integer> {

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Any video that FFmpeg reads.")
    private List<Path> files = List.of();

    @Option(
            names = "--rule",
            paramLabel = "TEXT",
            description = "What to look for, in plain words. May be given many times.")
    private List<String> rules = List.of();

    @Option(names = "--rules", paramLabel = "FILE", description = "A file with one rule a line; # begins a remark.")
    private @Nullable Path rulesFile;

    @Option(
            names = "--describe",
            description = "Describe everything that happens, in the model's words. The embedded model does it badly.")
    private boolean describe;

    @Option(
            names = "--boxes",
            description = "Ask besides where in the picture it is, of all that is seen. Not for the embedded model.")
    private boolean boxes;

    @Mixin
    private ModelOptions model = new ModelOptions();

    @Option(
            names = "--label",
            paramLabel = "WORD",
            description = "The events of these rules may be found by this word. May be given many times.")
    private List<String> labels = List.of();

    @Mixin
    private ThresholdOptions threshold = new ThresholdOptions();

    @Option(
            names = "--by-change",
            description = "Of two pictures a second, look only at those with a change near them, and at two every 2 s.")
    private boolean byChange;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Mixin
    private IndexOptions index = new IndexOptions();

    @Override
    public Integer call() {
        List<AlertRule> asked = rules();
        if (asked.isEmpty() && !describe) {
            throw new Problem(ExitCode.USAGE, "nothing to look for: expected --rule TEXT, --rules FILE or --describe");
        }
        if (boxes && model.isEmbedded()) {
            throw new Problem(ExitCode.USAGE, "the embedded model gives no boxes: expected --boxes with --model DIR");
        }
        WatchPlan watched = WatchPlan.now(files, asked, describe, model.checkpoint());
        WatchPlan plan = boxes ? watched.withBoxes() : watched;
        Screen screen = output.screen();
        if (model.isEmbedded()) {
            screen.note(
                    "The embedded model knows only drawn objects. Real footage wants the published Qwen2.5-VL weights:"
                            + " --model DIR.");
        }
        return Watching.run(byChange ? plan.samplingByChange() : plan, index, screen)
                .code();
    }

    private List<AlertRule> rules() {
        List<String> texts = new ArrayList<>(rules);
        if (rulesFile != null) {
            texts.addAll(read(rulesFile));
        }
        checkLabels();
        try {
            return texts.stream()
                    .map(String::strip)
                    .distinct()
                    .map(text -> AlertRule.of(text)
                            .withThreshold(threshold.threshold())
                            .alsoLabelled(labels))
                    .toList();
        } catch (IllegalArgumentException e) {
            throw new Problem(ExitCode.USAGE, e);
        }
    }

    private void checkLabels() {
        if (labels.size() > Labels.MOST) {
            throw new Problem(ExitCode.USAGE, "expected at most " + Labels.MOST + " labels, found " + labels.size());
        }
        labels.stream().filter(label -> !Labels.isLabel(label)).findFirst().ifPresent(label -> {
            throw new Problem(ExitCode.USAGE, "expected " + Labels.EXPECTED + ", found '" + label + "'");
        });
    }

    /** One rule a line; empty lines and remarks are left out. */
    static List<String> read(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .map(line -> line.replaceFirst("#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new Problem(ExitCode.USAGE, "rules file " + file + " cannot be read: " + e, e);
        }
    }
}
